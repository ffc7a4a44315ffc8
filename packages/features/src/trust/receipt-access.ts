import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { sql } from 'kysely';
import type { RateLimit } from '../accounts/rate-limit.rules.ts';
import { asPlatform } from './as-platform.ts';
import { hashOfReceipt } from './receipt-code.ts';

/** Guessing is hopeless; this keeps it from costing anything. A neighbourhood's house shares one address. */
export const RECEIPTS_BY_ADDRESS: RateLimit = { name: 'receipt-address', hits: 30, minutes: 15 };

/** What a code opens: an entry that was typed for somebody, or a request that they sent at the door themselves. */
export interface OpenedReceipt {
  readonly entryId: Id | null;
  readonly requestId: Id | null;
  readonly personId: Id;
  readonly territoryId: Id;
  /** The person has an account: the code of one request then opens that request, and nothing else of theirs. */
  readonly hasAccount: boolean;
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
      select e.*, p.account_id is not null as "hasAccount"
      from (
        select id as "entryId", null::uuid as "requestId", person_id as "personId", territory_id as "territoryId"
        from assisted_entry where receipt_hash = ${hash}
        union all
        select null, id, person_id, territory_id from request where code_hash = ${hash} and state <> 'draft'
      ) e join person p on p.id = e."personId"
      -- A request that was typed for somebody bears the code of its entry: the entry opens all that was.
      order by "entryId" nulls last limit 1`.execute(tx);
    return rows[0] ? work(rows[0]) : null;
  });
}
