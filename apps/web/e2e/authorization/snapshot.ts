import type { Engine } from '@terreau/database/engine';

/** Keeps a copy of every row now; the function given back puts them all back as they were. */
export async function snapshot({ pool }: Engine): Promise<() => Promise<void>> {
  // What the database works out by itself can be copied, not written back.
  const { rows } = await pool.query<{ name: string; columns: string }>(
    `select t.table_name as name, string_agg(format('%I', c.column_name), ', ' order by c.ordinal_position) as columns
     from information_schema.tables t join information_schema.columns c using (table_schema, table_name)
     where t.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER'
     group by t.table_name`
  );
  const columns = new Map(rows.map((row) => [`"${row.name}"`, row.columns]));
  const tables = [...columns.keys()];
  await pool.query('create schema snapshot');
  for (const table of tables) await pool.query(`create table snapshot.${table} as table public.${table}`);
  return async () => {
    // Neither foreign keys nor triggers: every table is put back at once.
    await pool.query('set session_replication_role = replica');
    await pool.query(`truncate ${tables.map((table) => `public.${table}`).join(', ')}`);
    for (const [table, list] of columns)
      await pool.query(`insert into public.${table} (${list}) select ${list} from snapshot.${table}`);
    await pool.query('set session_replication_role = origin');
  };
}
