import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { workedDossier } from './circle.ts';
import { findOwnDraft, insertPiece, type DraftRow, type NewPiece } from './talk-rows.ts';
import { MESSAGE_MAX_PIECES, RECOMMENDATION_TITLE_MAX_CHARACTERS, type PieceFields } from './talk.schema.ts';

export interface AddPieceRequest {
  readonly territoryId: Id;
  readonly dossierId: string;
  readonly messageId: string;
  readonly fields: PieceFields;
}

export type AddPieceRefusal = 'not-found' | 'piece-empty' | 'sheet-not-found' | 'too-many-pieces' | 'title-too-long';

interface DraftPlace {
  readonly dossierId: Id;
  readonly territoryId: Id;
  readonly draft: DraftRow;
}

/** Adds words, a recommendation, a contact or a document at the end of a draft of one's own. */
export async function addPiece(
  ctx: Context,
  { territoryId, dossierId, messageId, fields }: AddPieceRequest
): Promise<Verdict<undefined, AddPieceRefusal>> {
  return transaction(ctx, 'add-piece', async (tx, ledger): Promise<Verdict<undefined, AddPieceRefusal>> => {
    const own = await workedDossier(tx, ctx, territoryId, dossierId);
    const draft = own && (await findOwnDraft(tx, ctx, own.row.id, messageId));
    if (!draft) return refuse('not-found');
    const { count } = await tx
      .selectFrom('talk_piece')
      .select((select) => select.fn.countAll<string>().as('count'))
      .where('message_id', '=', draft.id)
      .executeTakeFirstOrThrow();
    if (Number(count) >= MESSAGE_MAX_PIECES) return refuse('too-many-pieces', { max: MESSAGE_MAX_PIECES });
    const place = { dossierId: own.row.id, territoryId, draft };
    const piece = await pieceOf(tx, ctx, place, fields);
    if (!piece.ok) return piece;
    await insertPiece(tx, { messageId: draft.id, dossierId: own.row.id, territoryId }, piece.value);
    ledger.about('dossier', own.row.id, territoryId, { message: draft.id, piece: fields.kind });
    return accept();
  });
}

async function pieceOf(
  tx: Tx,
  ctx: Context,
  place: DraftPlace,
  fields: PieceFields
): Promise<Verdict<NewPiece, AddPieceRefusal>> {
  switch (fields.kind) {
    case 'text':
      return fields.words ? accept({ kind: 'text', words: fields.words }) : refuse('piece-empty');
    case 'contact': {
      const named = await namedBy(tx, place.territoryId, { ...fields, support: null });
      if (!named.ok) return named;
      return accept({ kind: 'contact', words: named.value, organizationId: fields.organization });
    }
    case 'recommendation':
      return recommend(tx, ctx, place, fields);
    case 'document': {
      const document = fields.document
        ? await tx
            .selectFrom('dossier_document')
            .select(['id', 'name'])
            .where('id', '=', fields.document)
            .where('dossier_id', '=', place.dossierId)
            // What advisers keep apart is not put before the circle by a slip.
            .where('audience', 'in', place.draft.thread.audience === 'circle' ? ['circle'] : ['circle', 'advisers'])
            .executeTakeFirst()
        : undefined;
      if (!document) return refuse('sheet-not-found');
      return accept({ kind: 'document', words: document.name, documentId: document.id });
    }
  }
}

async function recommend(
  tx: Tx,
  ctx: Context,
  { dossierId, territoryId, draft }: DraftPlace,
  fields: PieceFields
): Promise<Verdict<NewPiece, AddPieceRefusal>> {
  const named = await namedBy(tx, territoryId, fields);
  if (!named.ok) return named;
  const id = newId();
  await tx
    .insertInto('talk_recommendation')
    .values({
      id,
      message_id: draft.id,
      thread_id: draft.thread.id,
      dossier_id: dossierId,
      territory_id: territoryId,
      support_id: fields.support,
      organization_id: fields.support ? null : fields.organization,
      title: named.value,
      why: fields.why,
      due_on: fields.dueOn,
      state_changed_at: ctx.now,
      state_changed_by: ctx.actor.accountId
    })
    .execute();
  return accept({ kind: 'recommendation', recommendationId: id });
}

/** What a recommendation or a contact is called: the title of a published sheet of the territory, or free words. */
async function namedBy(
  tx: Tx,
  territoryId: Id,
  { support, organization, words }: Pick<PieceFields, 'support' | 'organization' | 'words'>
): Promise<Verdict<string, 'sheet-not-found' | 'piece-empty' | 'title-too-long'>> {
  if (!support && !organization) {
    if ((words?.length ?? 0) < 2) return refuse('piece-empty');
    return words!.length > RECOMMENDATION_TITLE_MAX_CHARACTERS
      ? refuse('title-too-long', { max: RECOMMENDATION_TITLE_MAX_CHARACTERS })
      : accept(words!);
  }
  const row = support
    ? await tx
        .selectFrom('support')
        .select('title')
        .where('id', '=', support)
        .where('territory_id', '=', territoryId)
        .where('status', '=', 'published')
        .executeTakeFirst()
    : await tx
        .selectFrom('organization')
        .select('name as title')
        .where('id', '=', organization)
        .where('territory_id', '=', territoryId)
        .where('status', '=', 'published')
        .executeTakeFirst();
  return row ? accept(row.title.slice(0, RECOMMENDATION_TITLE_MAX_CHARACTERS)) : refuse('sheet-not-found');
}
