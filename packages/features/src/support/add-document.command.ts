import type { Context } from '@terreau/database/context';
import type { FileStore } from '@terreau/database/files';
import { reading, transaction, type Tx } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { encodePicture, READABLE_PICTURE } from '../directory/picture-encoding.ts';
import { ownDossier, workedDossier, type OwnDossier } from './circle.ts';
import {
  checkDocument,
  documentName,
  DOSSIER_DOCUMENTS_MAX_BYTES,
  DOSSIER_DOCUMENTS_MAX_COUNT,
  type DocumentProblem,
  type DocumentType
} from './document.rules.ts';
import { mayAdvise, mayWrite } from './support.policy.ts';
import type { Audience } from './talk.schema.ts';

export interface AddDocumentRequest {
  readonly territoryId: Id;
  readonly dossierId: string;
  /** As it was called where it comes from, or as it is to be called. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly audience: Audience;
}

export type AddDocumentRefusal =
  'not-found' | 'room-not-yours' | 'dossier-full' | 'document-unreadable' | DocumentProblem;

interface KeptFile {
  readonly bytes: Uint8Array;
  readonly type: DocumentType;
}

/** Puts a document in a dossier: private to its circle, or to those of it who advise. Answers its id. */
export async function addDocument(
  ctx: Context,
  files: FileStore,
  request: AddDocumentRequest
): Promise<Verdict<Id, AddDocumentRefusal>> {
  // Opening a picture is costly: nobody makes the house do it for a dossier that is not theirs.
  const may = await reading(ctx, async (tx) =>
    judge(await ownDossier(tx, ctx, request.territoryId, request.dossierId), request)
  );
  if (!may.ok) return may;
  const kept = await fileOf(request.bytes);
  if (!kept.ok) return kept;
  const fileId = newId();
  await files.write(fileId, kept.value.bytes);
  const verdict = await insert(ctx, request, fileId, kept.value);
  if (!verdict.ok) await files.remove(fileId);
  return verdict;
}

function judge(
  own: OwnDossier | null,
  { audience }: AddDocumentRequest
): Verdict<OwnDossier, 'not-found' | 'room-not-yours'> {
  if (!own?.isActive || !mayWrite(own.role)) return refuse('not-found');
  return audience === 'advisers' && !mayAdvise(own.role) ? refuse('room-not-yours') : accept(own);
}

async function fileOf(bytes: Uint8Array): Promise<Verdict<KeptFile, AddDocumentRefusal>> {
  const checked = checkDocument(bytes);
  if (!checked.ok) return checked;
  if (checked.value !== 'picture') return accept({ bytes, type: checked.value });
  const picture = await encodePicture(bytes, READABLE_PICTURE);
  if (picture.ok) return accept({ bytes: picture.value.bytes, type: 'image/webp' });
  return picture.code === 'picture-too-heavy' ? refuse('document-too-heavy') : refuse('document-unreadable');
}

function insert(
  ctx: Context,
  request: AddDocumentRequest,
  fileId: Id,
  { bytes, type }: KeptFile
): Promise<Verdict<Id, AddDocumentRefusal>> {
  return transaction(ctx, 'add-document', async (tx, ledger): Promise<Verdict<Id, AddDocumentRefusal>> => {
    const { territoryId, dossierId, audience } = request;
    // Locked: two files sent at once do not both fit in the last room.
    const own = judge(await workedDossier(tx, ctx, territoryId, dossierId), request);
    if (!own.ok) return own;
    if (!(await hasRoom(tx, own.value.row.id, bytes.length))) return refuse('dossier-full');
    const id = newId();
    await tx
      .insertInto('dossier_document')
      .values({
        id,
        dossier_id: own.value.row.id,
        territory_id: territoryId,
        audience,
        file_id: fileId,
        name: documentName(request.name, type),
        media_type: type,
        bytes: bytes.length,
        added_by: ctx.actor.accountId,
        added_at: ctx.now
      })
      .execute();
    ledger.about('dossier', own.value.row.id, territoryId, { document: id, bytes: bytes.length });
    return accept(id);
  });
}

/** As far as the actor sees: what advisers keep apart counts for them alone, and both have room. */
async function hasRoom(tx: Tx, dossierId: Id, added: number): Promise<boolean> {
  const { count, bytes } = await tx
    .selectFrom('dossier_document')
    .select((select) => [
      select.fn.countAll<string>().as('count'),
      select.fn.coalesce(select.fn.sum<string>('bytes'), select.lit(0)).as('bytes')
    ])
    .where('dossier_id', '=', dossierId)
    .executeTakeFirstOrThrow();
  return Number(count) < DOSSIER_DOCUMENTS_MAX_COUNT && Number(bytes) + added <= DOSSIER_DOCUMENTS_MAX_BYTES;
}
