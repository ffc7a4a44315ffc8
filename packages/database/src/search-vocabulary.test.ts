import { expect, test } from 'vitest';
import { newId } from '@terreau/kernel/ids';
import { testDatabase } from './testing.ts';

const engine = await testDatabase();

/** What a function is called with, whatever the server is set to. */
async function settingsOf(name: string): Promise<string[]> {
  const { rows } = await engine.pool.query<{ settings: string[] | null }>(
    'select proconfig as settings from pg_proc where proname = $1',
    [name]
  );
  return rows.flatMap(({ settings }) => settings ?? []);
}

test('the vocabulary is never compiled, and reads by its indexes: either would cost seconds at each search', async () => {
  const settings = await settingsOf('search_vocabulary');
  for (const setting of ['jit=off', 'enable_seqscan=off', 'plan_cache_mode=force_generic_plan']) {
    expect(settings).toContain(setting);
  }
});

test('a server that compiles all it can still answers at once', async () => {
  const client = await engine.pool.connect();
  try {
    await client.query('begin');
    await client.query(`set local jit = on; set local jit_above_cost = 0; set local jit_optimize_above_cost = 0;
      set local jit_inline_above_cost = 0`);
    const ask = () =>
      client.query(`select * from search_vocabulary($1::uuid, 'atelier de reparation de velo', '{}', '{}', 12, 12)`, [
        newId()
      ]);
    await ask();
    const started = performance.now();
    await ask();
    expect(performance.now() - started).toBeLessThan(1500);
  } finally {
    await client.query('rollback');
    client.release();
  }
});
