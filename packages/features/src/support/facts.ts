import type { Context } from '@terreau/database/context';
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
  if (keys.length === 0) return new Map();
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

/** Says what is now true of a dossier: new rows, and the old ones stay as they were. What has not changed is not written. */
export async function writeFacts(
  tx: Tx,
  ctx: Context,
  dossier: { readonly id: Id; readonly territoryId: Id },
  facts: Readonly<Record<string, string | null>>
): Promise<void> {
  const known = await factsOf(tx, dossier.id, Object.keys(facts));
  const changed = Object.entries(facts).filter(([key, value]) => (known.get(key)?.value ?? null) !== value);
  if (changed.length === 0) return;
  const place = {
    dossier_id: dossier.id,
    territory_id: dossier.territoryId,
    said_by: ctx.actor.accountId,
    said_at: ctx.now
  };
  await tx
    .insertInto('dossier_fact')
    .values(changed.map(([key, value]) => ({ ...place, key, value })))
    .execute();
}
