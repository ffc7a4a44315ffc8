import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { sql } from 'kysely';
import type { RateLimit } from '../accounts/rate-limit.rules.ts';
import { asPlatform } from './as-platform.ts';
import { hashOfReceipt } from './receipt-code.ts';

/** Guessing is hopeless; this keeps it from costing anything. A neighbourhood's house shares one address. */
export const RECEIPTS_BY_ADDRESS: RateLimit = { name: 'receipt-address', hits: 30, minutes: 15 };

export interface OpenedReceipt {
  readonly entryId: Id;
  readonly personId: Id;
  readonly territoryId: Id;
}

/** Runs `work` with the platform's rights on what the code opens; null when it opens nothing. */
export async function withReceipt<Value>(
  tx: Tx,
  code: string,
  work: (receipt: OpenedReceipt) => Promise<Value>
): Promise<Value | null> {
  const hash = hashOfReceipt(code);
  if (!hash) return null;
  return asPlatform(tx, async () => {
    const { rows } = await sql<OpenedReceipt>`
      select id as "entryId", person_id as "personId", territory_id as "territoryId"
      from assisted_entry where receipt_hash = ${hash}`.execute(tx);
    return rows[0] ? work(rows[0]) : null;
  });
}
