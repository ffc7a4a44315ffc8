import type { Context } from '@terreau/database/context';
import type { FileStore } from '@terreau/database/files';
import { reading } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';

/** A WebP picture with whether anybody may keep it: only that of a published sheet. */
export interface FoundPicture {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly isPublic: boolean;
}

/** The picture `fileId` of a sheet that the reader may see; null when it is not, or no longer, this sheet's. */
export async function findPicture(
  ctx: Context,
  files: FileStore,
  request: { readonly territoryId: Id; readonly organizationId: Id; readonly fileId: Id }
): Promise<FoundPicture | null> {
  const { territoryId, organizationId, fileId } = request;
  if (!isId(organizationId) || !isId(fileId)) return null;
  const row = await reading(ctx, (tx) =>
    tx
      .selectFrom('picture')
      .innerJoin('organization', 'organization.id', 'picture.organization_id')
      .select(['file_id', 'status'])
      .where('organization_id', '=', organizationId)
      .where('organization.territory_id', '=', territoryId)
      .where('file_id', '=', fileId)
      .executeTakeFirst()
  );
  const bytes = row ? await files.read(row.file_id) : null;
  return row && bytes ? { bytes, isPublic: row.status === 'published' } : null;
}
