import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { lockOwnOrganization } from './sheet-rows.ts';

/** Takes a place off a sheet. Its history of changes stays readable on the organisation's. */
export async function removePlace(
  ctx: Context,
  request: { readonly territoryId: Id; readonly organizationId: Id; readonly placeId: Id }
): Promise<Verdict<undefined, 'not-found'>> {
  return transaction(ctx, 'remove-place', async (tx, ledger) => {
    const organization = await lockOwnOrganization(tx, ctx, request.territoryId, request.organizationId);
    if (!organization || !isId(request.placeId)) return refuse('not-found');
    const { numDeletedRows } = await tx
      .deleteFrom('place')
      .where('id', '=', request.placeId)
      .where('organization_id', '=', organization.id)
      .executeTakeFirst();
    if (numDeletedRows === 0n) return refuse('not-found');
    ledger.about('place', request.placeId, request.territoryId, { organizationId: organization.id });
    return accept();
  });
}
