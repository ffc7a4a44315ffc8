import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';

/** Something said of a project that is in force: the newest row of its key. */
export interface Fact {
  readonly id: Id;
  readonly value: string | null;
  /** The name of whoever wrote it; null when their account is gone. */
  readonly by: string | null;
  readonly byAccount: Id | null;
  readonly at: Instant;
}

/** What is in force under these keys. A key of which nothing was ever said is absent. */
export async function factsOf(tx: Tx, dossierId: Id, keys: readonly string[]): Promise<Map<string, Fact>> {
  const rows = await tx
    .selectFrom('dossier_fact as fact')
    .leftJoin('account', 'account.id', 'fact.said_by')
    .distinctOn('fact.key')
    .select(['fact.id', 'fact.key', 'fact.value', 'fact.said_by', 'fact.said_at', 'account.name'])
    .where('fact.dossier_id', '=', dossierId)
    .where('fact.key', 'in', [...keys])
    .orderBy('fact.key')
    .orderBy('fact.id', 'desc')
    .execute();
  return new Map(
    rows.map((row) => [
      row.key,
      { id: row.id, value: row.value, by: row.name, byAccount: row.said_by, at: row.said_at }
    ])
  );
}
