import type { Tx } from '@terreau/database/transaction';
import { sql } from 'kysely';

/**
 * Runs `work` with the platform's rights inside the caller's transaction, then takes them back. For what concerns a
 * person in rows that they may not read themselves; whoever calls has checked that the actor is that person.
 */
export async function asPlatform<Value>(tx: Tx, work: () => Promise<Value>): Promise<Value> {
  const { rows } = await sql<{ operator: string }>`
    select coalesce(current_setting('terreau.operator', true), '') as operator`.execute(tx);
  await sql`select set_config('terreau.operator', 'on', true)`.execute(tx);
  const value = await work();
  await sql`select set_config('terreau.operator', ${rows[0]!.operator}, true)`.execute(tx);
  return value;
}
