import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { searching } from './searching.ts';
import { contextFor, testDatabase } from './testing.ts';
import { reading, type Tx } from './transaction.ts';

const engine = await testDatabase();
const ctx = contextFor(engine);

test.skipIf(engine.kind !== 'embedded')(
  'a page waits behind one search, not behind all that were asked before it',
  async () => {
    let finished = 0;
    const search = () => searching(ctx, async (tx) => void (finished += await one(tx)));
    const searches = Array.from({ length: 10 }, search);
    const before = await reading(ctx, async (tx) => finished + (await one(tx)) - 1);
    expect(before).toBeLessThanOrEqual(1);
    await Promise.all(searches);
    expect(finished).toBe(10);
  }
);

test('a search that fails takes none of the next ones with it', async () => {
  const failed = searching(ctx, async () => {
    throw new Error('refused');
  });
  const next = searching(ctx, one);
  await expect(failed).rejects.toThrow('refused');
  expect(await next).toBe(1);
});

async function one(tx: Tx): Promise<number> {
  const { rows } = await sql<{ one: number }>`select 1 as one`.execute(tx);
  return rows[0]!.one;
}
