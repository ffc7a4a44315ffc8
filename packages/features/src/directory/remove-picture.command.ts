import type { Context } from '@terreau/database/context';
import type { FileStore } from '@terreau/database/files';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { lockOwnOrganization } from './sheet-rows.ts';

/** Takes the picture off a sheet; its file goes at once. */
export async function removePicture(
  ctx: Context,
  files: FileStore,
  request: { readonly territoryId: Id; readonly organizationId: Id }
): Promise<Verdict<undefined, 'not-found'>> {
  const verdict = await transaction(ctx, 'remove-picture', async (tx, ledger) => {
    const organization = await lockOwnOrganization(tx, ctx, request.territoryId, request.organizationId);
    if (!organization) return refuse('not-found');
    const removed = await tx
      .deleteFrom('picture')
      .where('organization_id', '=', organization.id)
      .returning('file_id')
      .executeTakeFirst();
    if (!removed) return refuse('not-found');
    ledger.about('organization', organization.id, organization.territory_id);
    return accept(removed.file_id);
  });
  if (!verdict.ok) return verdict;
  await files.remove(verdict.value);
  return accept();
}
