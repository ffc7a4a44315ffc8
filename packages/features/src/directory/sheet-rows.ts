import type { Context } from '@terreau/database/context';
import type { Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { mayEditSheet, worksFor } from './directory.policy.ts';
import type { FieldAuthor, FieldSubject, FieldValues } from './field-history.ts';

/** The organisation `id` of the territory, locked for a change; undefined when absent or unseen. */
export async function lockOrganization(tx: Tx, territoryId: Id, id: Id) {
  if (!isId(id) || !isId(territoryId)) return undefined;
  return tx
    .selectFrom('organization')
    .selectAll()
    .where('id', '=', id)
    .where('territory_id', '=', territoryId)
    .forUpdate()
    .executeTakeFirst();
}

/** The organisation, if the actor may edit its sheet; absent and forbidden are the same undefined. */
export async function lockOwnOrganization(tx: Tx, ctx: Context, territoryId: Id, id: Id) {
  const row = await lockOrganization(tx, territoryId, id);
  if (!row || row.status === 'merged') return undefined;
  const owner = { id: row.id, territoryId: row.territory_id, createdBy: row.created_by };
  return mayEditSheet(ctx.actor, owner) ? row : undefined;
}

/** The organisation, if the actor works for its territory. */
export async function lockModeratedOrganization(tx: Tx, ctx: Context, territoryId: Id, id: Id) {
  if (!worksFor(ctx.actor, territoryId)) return undefined;
  return lockOrganization(tx, territoryId, id);
}

export function subjectOf(
  kind: FieldSubject['kind'],
  row: { id: Id; territory_id: Id; organization_id?: Id }
): FieldSubject {
  return { kind, id: row.id, territoryId: row.territory_id, organizationId: row.organization_id ?? row.id };
}

/** A person who types in the pages. */
export function byHand(ctx: Context): FieldAuthor {
  return { accountId: ctx.actor.accountId, byHand: true, source: null, importRunId: null, now: ctx.now };
}

/** `plainDescription` → `plain_description`: the names of the fields in the database. */
export function columnsOf(fields: FieldValues): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value
    ])
  );
}
