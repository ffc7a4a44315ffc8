import type { Engine } from '@terreau/database/engine';

/**
 * Keeps a copy of every row now; the function given back puts them all back as they were. Which tables were written to
 * is noted by a trigger on each: putting back the others, after each of thousands of requests, took most of the time.
 */
export async function snapshot({ pool }: Engine): Promise<() => Promise<void>> {
  // What the database works out by itself can be copied, not written back.
  const { rows } = await pool.query<{ name: string; columns: string }>(
    `select t.table_name as name, string_agg(format('%I', c.column_name), ', ' order by c.ordinal_position) as columns
     from information_schema.tables t join information_schema.columns c using (table_schema, table_name)
     where t.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER'
     group by t.table_name`
  );
  const columns = new Map(rows.map((row) => [row.name, row.columns]));
  await pool.query('create schema snapshot');
  await pool.query('create table snapshot."touched tables" (name text primary key)');
  // The application's role owns nothing here, so the trigger writes as whoever made it.
  await pool.query(
    `create function snapshot.touch() returns trigger language plpgsql security definer as $$ begin
       insert into snapshot."touched tables" values (tg_table_name) on conflict do nothing; return null;
     end $$`
  );
  for (const table of columns.keys()) {
    await pool.query(`create table snapshot."${table}" as table public."${table}"`);
    await pool.query(
      `create trigger snapshot_touch after insert or update or delete or truncate on public."${table}"
       for each statement execute function snapshot.touch()`
    );
  }
  return async () => {
    const touched = await pool.query<{ name: string }>('select name from snapshot."touched tables"');
    if (touched.rows.length === 0) return;
    // Neither foreign keys nor triggers: every table is put back at once.
    await pool.query('set session_replication_role = replica');
    for (const { name } of touched.rows) await pool.query(`delete from public."${name}"`);
    for (const { name } of touched.rows) {
      const list = columns.get(name)!;
      await pool.query(`insert into public."${name}" (${list}) select ${list} from snapshot."${name}"`);
    }
    await pool.query('set session_replication_role = origin');
    await pool.query('delete from snapshot."touched tables"');
  };
}
