import type { Engine } from '@terreau/database/engine';

/** Keeps a copy of every row now; the function given back puts them all back as they were. */
export async function snapshot({ pool }: Engine): Promise<() => Promise<void>> {
  const { rows } = await pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`
  );
  const tables = rows.map((row) => `"${row.name}"`);
  await pool.query('create schema snapshot');
  for (const table of tables) await pool.query(`create table snapshot.${table} as table public.${table}`);
  return async () => {
    // Neither foreign keys nor triggers: every table is put back at once.
    await pool.query('set session_replication_role = replica');
    await pool.query(`truncate ${tables.map((table) => `public.${table}`).join(', ')}`);
    for (const table of tables) await pool.query(`insert into public.${table} table snapshot.${table}`);
    await pool.query('set session_replication_role = origin');
  };
}
