import type { Context } from '@terreau/database/context';
import type { FileStore } from '@terreau/database/files';
import { reading, transaction } from '@terreau/database/transaction';
import { isId, newId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { mayEditSheet } from './directory.policy.ts';
import { encodePicture, type EncodedPicture } from './picture-encoding.ts';
import { checkAlternative, type PictureProblem } from './picture.rules.ts';
import { lockOwnOrganization } from './sheet-rows.ts';

export interface SetPictureRequest {
  readonly territoryId: Id;
  readonly organizationId: Id;
  /** The file as it was sent; null keeps the picture and changes its words. */
  readonly bytes: Uint8Array | null;
  /** What the picture shows, for whoever does not see it. */
  readonly alternative: string;
}

export type SetPictureRefusal = 'not-found' | PictureProblem;

/** Gives a sheet its picture, re-encoded; the one before goes. */
export async function setPicture(
  ctx: Context,
  files: FileStore,
  request: SetPictureRequest
): Promise<Verdict<undefined, SetPictureRefusal>> {
  // Opening a picture is costly: nobody makes the house do it for a sheet that is not theirs.
  if (!(await mayChange(ctx, request))) return refuse('not-found');
  const alternative = request.alternative.trim();
  const problem = checkAlternative(alternative);
  if (problem) return refuse(problem);
  if (request.bytes === null) return changeWords(ctx, request, alternative);
  const encoded = await encodePicture(request.bytes);
  if (!encoded.ok) return encoded;
  const fileId = newId();
  await files.write(fileId, encoded.value.bytes);
  const verdict = await keep(ctx, request, fileId, encoded.value, alternative);
  const useless = verdict.ok ? verdict.value : fileId;
  if (useless) await files.remove(useless);
  return verdict.ok ? accept() : verdict;
}

async function mayChange(ctx: Context, { territoryId, organizationId: id }: SetPictureRequest): Promise<boolean> {
  if (!isId(id)) return false;
  const row = await reading(ctx, (tx) =>
    tx
      .selectFrom('organization')
      .select(['created_by', 'status'])
      .where('id', '=', id)
      .where('territory_id', '=', territoryId)
      .executeTakeFirst()
  );
  return row !== undefined && mayEditSheet(ctx.actor, { id, territoryId, createdBy: row.created_by });
}

/** Answers the file that the sheet no longer shows, or null. */
function keep(
  ctx: Context,
  request: SetPictureRequest,
  fileId: Id,
  { bytes, width, height }: EncodedPicture,
  alternative: string
): Promise<Verdict<Id | null, 'not-found'>> {
  return transaction(ctx, 'set-picture', async (tx, ledger) => {
    const organization = await lockOwnOrganization(tx, ctx, request.territoryId, request.organizationId);
    if (!organization) return refuse('not-found');
    const before = await tx
      .selectFrom('picture')
      .select('file_id')
      .where('organization_id', '=', organization.id)
      .executeTakeFirst();
    const values = {
      file_id: fileId,
      alternative,
      width,
      height,
      bytes: bytes.length,
      added_by: ctx.actor.accountId,
      added_at: ctx.now
    };
    await tx
      .insertInto('picture')
      .values({ organization_id: organization.id, territory_id: organization.territory_id, ...values })
      .onConflict((conflict) => conflict.column('organization_id').doUpdateSet(values))
      .execute();
    ledger.about('organization', organization.id, organization.territory_id, { bytes: bytes.length });
    return accept(before?.file_id ?? null);
  });
}

function changeWords(
  ctx: Context,
  request: SetPictureRequest,
  alternative: string
): Promise<Verdict<undefined, 'not-found' | 'picture-missing'>> {
  return transaction(ctx, 'describe-picture', async (tx, ledger) => {
    const organization = await lockOwnOrganization(tx, ctx, request.territoryId, request.organizationId);
    if (!organization) return refuse('not-found');
    const { numUpdatedRows } = await tx
      .updateTable('picture')
      .set({ alternative })
      .where('organization_id', '=', organization.id)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return refuse('picture-missing');
    ledger.about('organization', organization.id, organization.territory_id);
    return accept();
  });
}
