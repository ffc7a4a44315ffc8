import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { worksFor } from './directory.policy.ts';
import type { OrganizationFields } from './directory.schema.ts';
import { applyFields } from './field-history.ts';
import { confirmedNow } from './freshness.rules.ts';
import { findKnownSheet } from './known-names.ts';
import { reservedWordIn } from './reserved-names.rules.ts';
import { byHand, columnsOf, lockOwnOrganization, subjectOf } from './sheet-rows.ts';

export interface EditOrganizationRequest {
  readonly territoryId: Id;
  readonly organizationId: Id;
  readonly fields: OrganizationFields;
  /** `updatedAt` of the sheet that the author had before their eyes, as ISO text; null overwrites knowingly. */
  readonly seenAt: string | null;
  /** The author says that everything on the sheet is true today. */
  readonly confirms: boolean;
}

export type EditOrganizationRefusal = 'not-found' | 'changed-meanwhile' | 'name-reserved';

/**
 * Changes a sheet. The value before each change is kept, and what a person typed is protected from later imports.
 * A name that only an authority or another organisation may bear can be given by the territory's staff alone.
 */
export async function editOrganization(
  ctx: Context,
  request: EditOrganizationRequest
): Promise<Verdict<{ changed: string[] }, EditOrganizationRefusal>> {
  return transaction(ctx, 'edit-organization', async (tx, ledger) => {
    const row = await lockOwnOrganization(tx, ctx, request.territoryId, request.organizationId);
    if (!row) return refuse('not-found');
    if (request.seenAt !== null && row.updated_at.toISOString() !== request.seenAt) return refuse('changed-meanwhile');
    const { fields } = request;
    if (fields.name !== row.name && !(await mayBear(tx, ctx, request))) return refuse('name-reserved');
    const { changed } = await applyFields(tx, subjectOf('organization', row), row, columnsOf(fields), byHand(ctx));
    if (request.confirms) await confirm(tx, ctx, row.id, fields.promiseMonths);
    ledger.about('organization', row.id, row.territory_id, { changed, confirms: request.confirms });
    return accept({ changed });
  });
}

async function mayBear(tx: Tx, ctx: Context, { territoryId, organizationId, fields }: EditOrganizationRequest) {
  if (worksFor(ctx.actor, territoryId)) return true;
  if (reservedWordIn(fields.name)) return false;
  // An identifier may be shared by two sheets for a while; a name is what people read.
  const known = await findKnownSheet(tx, territoryId, { name: fields.name, siret: null, rna: null }, organizationId);
  return known === undefined;
}

async function confirm(tx: Tx, ctx: Context, id: Id, promiseMonths: number): Promise<void> {
  await tx
    .updateTable('organization')
    .set({ ...confirmedNow(promiseMonths, ctx.now), dormant_at: null })
    .where('id', '=', id)
    .execute();
}
