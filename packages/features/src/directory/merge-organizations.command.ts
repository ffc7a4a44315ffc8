import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { sql } from 'kysely';
import { applyFields } from './field-history.ts';
import { mayImport } from './import.policy.ts';
import { mergedValues, type MergeChoice, type MergedField } from './merge-fields.rules.ts';
import { restoredLater, type MovedRows } from './merge-rows.ts';
import { byHand, lockOrganization, subjectOf } from './sheet-rows.ts';

export interface MergeRequest {
  readonly territoryId: Id;
  readonly keptId: Id;
  readonly absorbedId: Id;
  /** What is absent follows the proposal: the kept sheet, completed by the other. */
  readonly choices: Readonly<Partial<Record<MergedField, MergeChoice>>>;
}

export type MergeRefusal = 'not-found' | 'same-sheet' | 'already-merged';

/**
 * Makes two sheets one: places, services, needs and offers, members and pending corrections go to the kept sheet, and
 * the absorbed one's address leads to it. Everything that moved is written down, so that it can be undone entirely.
 */
export async function mergeOrganizations(
  ctx: Context,
  request: MergeRequest
): Promise<Verdict<{ mergeId: Id }, MergeRefusal>> {
  return transaction(ctx, 'merge-organizations', async (tx, ledger) => {
    const { territoryId, keptId, absorbedId } = request;
    if (!mayImport(ctx.actor, territoryId) || !isId(keptId) || !isId(absorbedId)) return refuse('not-found');
    if (keptId === absorbedId) return refuse('same-sheet');
    // Always locked in the same order: two merges of one pair wait for each other instead of blocking each other.
    const locked = new Map<Id, Awaited<ReturnType<typeof lockOrganization>>>();
    for (const id of [keptId, absorbedId].sort()) locked.set(id, await lockOrganization(tx, territoryId, id));
    const [kept, absorbed] = [locked.get(keptId), locked.get(absorbedId)];
    if (!kept || !absorbed) return refuse('not-found');
    if (kept.status === 'merged' || absorbed.status === 'merged') return refuse('already-merged');
    const updatedBefore = { kept: await exactUpdate(tx, keptId), absorbed: await exactUpdate(tx, absorbedId) };
    const wanted = mergedValues(kept, absorbed, request.choices);
    const applied = await applyFields(tx, subjectOf('organization', kept), kept, wanted, byHand(ctx));
    const moved: MovedRows = {
      ...(await moveRows(tx, territoryId, keptId, absorbedId)),
      fields: restoredLater(applied.changed, kept, wanted),
      fieldChanges: await changesJustMade(tx, ctx, keptId, applied.changed),
      keptUpdatedAt: updatedBefore.kept,
      absorbed: {
        status: absorbed.status,
        statusReason: absorbed.status_reason,
        updatedAt: updatedBefore.absorbed
      }
    };
    await absorb(tx, ctx, request);
    const { id } = await tx
      .insertInto('merge')
      .values({
        territory_id: territoryId,
        kept_id: keptId,
        absorbed_id: absorbedId,
        moved: JSON.stringify(moved),
        merged_by: ctx.actor.accountId,
        merged_at: ctx.now
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    ledger.about('organization', keptId, territoryId, { absorbed: absorbedId, merge: id });
    return accept({ mergeId: id });
  });
}

/** When the row last changed, to the microsecond: a `Date` would lose three digits, and an undoing restores it exactly. */
async function exactUpdate(tx: Tx, id: Id): Promise<string> {
  const row = await tx
    .selectFrom('organization')
    .select(sql<string>`updated_at::text`.as('updated'))
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return row.updated;
}

async function moveRows(tx: Tx, territoryId: Id, keptId: Id, absorbedId: Id) {
  const move = async (table: 'place' | 'service' | 'post' | 'correction') => {
    const rows = await tx
      .updateTable(table)
      .set({ organization_id: keptId })
      .where('organization_id', '=', absorbedId)
      .where('territory_id', '=', territoryId)
      .returning('id')
      .execute();
    return rows.map((row) => row.id);
  };
  return {
    places: await move('place'),
    services: await move('service'),
    posts: await move('post'),
    corrections: await move('correction'),
    members: await moveMembers(tx, keptId, absorbedId)
  };
}

/** Whoever already holds the same role in the kept organisation keeps it; their other role waits for an undoing. */
async function moveMembers(tx: Tx, keptId: Id, absorbedId: Id): Promise<Id[]> {
  const rows = await tx
    .updateTable('role_grant')
    .set({ organization_id: keptId })
    .where('organization_id', '=', absorbedId)
    .where('ended_at', 'is', null)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('role_grant as held')
            .select('held.id')
            .whereRef('held.account_id', '=', 'role_grant.account_id')
            .whereRef('held.role', '=', 'role_grant.role')
            .where('held.organization_id', '=', keptId)
            .where('held.ended_at', 'is', null)
        )
      )
    )
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}

async function changesJustMade(tx: Tx, ctx: Context, keptId: Id, fields: readonly string[]): Promise<Id[]> {
  if (fields.length === 0) return [];
  const rows = await tx
    .selectFrom('field_change')
    .select('id')
    .where('subject_kind', '=', 'organization')
    .where('subject_id', '=', keptId)
    .where('field', 'in', fields)
    .where('changed_at', '=', ctx.now)
    .execute();
  return rows.map((row) => row.id);
}

async function absorb(tx: Tx, ctx: Context, { territoryId, keptId, absorbedId }: MergeRequest): Promise<void> {
  await tx
    .updateTable('organization')
    .set({ status: 'merged', merged_into: keptId, updated_at: ctx.now })
    .where('id', '=', absorbedId)
    .where('territory_id', '=', territoryId)
    .execute();
  await tx
    .updateTable('duplicate_pair')
    .set({ state: 'merged', decided_by: ctx.actor.accountId, decided_at: ctx.now })
    .where('territory_id', '=', territoryId)
    .where('first_id', 'in', [keptId, absorbedId])
    .where('second_id', 'in', [keptId, absorbedId])
    .where('state', '=', 'open')
    .execute();
}
