import type { Context } from '@terreau/database/context';
import type { FileStore } from '@terreau/database/files';
import type { Tx } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { localDate, plusDays, plusLocalDays } from '@terreau/kernel/instants';
import type { DossierSeed } from './seed-dossiers.ts';
import content from './talk.json' with { type: 'json' };

interface SeededPiece {
  readonly text?: string;
  /** Free words, or the title of a support of the catalogue. */
  readonly recommend?: string;
  readonly support?: string;
  readonly why?: string;
  /** In how many days it is due. */
  readonly in?: number;
  /** A new state of what was recommended under this title. */
  readonly state?: string;
  readonly of?: string;
  /** Key of an organisation. */
  readonly contact?: string;
  readonly document?: string;
}

interface SeededMessage {
  /** `facilitator`, `carrier`, or the key of an account. */
  readonly by: string;
  /** Said aloud by whoever carries the project. */
  readonly spoken?: boolean;
  readonly days: number;
  readonly pieces: readonly SeededPiece[];
}

interface SeededThread {
  readonly dossier: string;
  readonly subject: string;
  readonly audience?: string;
  readonly messages: readonly SeededMessage[];
}

/** A dossier of the demonstration, with whom its conversations are written by. */
interface Place {
  readonly dossierId: Id;
  readonly territoryId: Id;
  readonly facilitator: Id;
  readonly carrier: { readonly memberId: Id; readonly accountId: Id | null };
  readonly documents: Map<string, Id>;
}

/** A few conversations: recommendations in each of their states, documents, and the room of those who advise. */
export async function insertTalk(tx: Tx, ctx: Context, seed: DossierSeed, files: FileStore | null): Promise<void> {
  const places = new Map<string, Place>();
  for (const title of new Set(content.threads.map(({ dossier }) => dossier))) {
    places.set(title, await placeOf(tx, seed.territoryId, title));
  }
  for (const { dossier, account } of content.experts) {
    const { dossierId, territoryId, facilitator } = places.get(dossier)!;
    const row = { dossier_id: dossierId, territory_id: territoryId, role: 'expert', added_by: facilitator };
    await tx
      .insertInto('dossier_member')
      .values({ ...row, account_id: seed.accounts.get(account)!, joined_at: plusDays(ctx.now, -30) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  // Without a place for files there are no documents: a row would lead nowhere.
  if (files) await insertDocuments(tx, ctx, places, files);
  for (const thread of content.threads as readonly SeededThread[]) {
    await insertThread(tx, ctx, seed, places.get(thread.dossier)!, thread);
  }
}

async function placeOf(tx: Tx, territoryId: Id, title: string): Promise<Place> {
  const members = await tx
    .selectFrom('dossier_member as member')
    .innerJoin('dossier', 'dossier.id', 'member.dossier_id')
    .select(['member.id', 'member.role', 'member.account_id', 'dossier.id as dossierId'])
    .where('dossier.title', '=', title)
    .where('dossier.territory_id', '=', territoryId)
    .execute();
  const carrier = members.find(({ role }) => role === 'carrier')!;
  return {
    dossierId: carrier.dossierId,
    territoryId,
    facilitator: members.find(({ role }) => role === 'facilitator')!.account_id!,
    carrier: { memberId: carrier.id, accountId: carrier.account_id },
    documents: new Map()
  };
}

async function insertDocuments(
  tx: Tx,
  ctx: Context,
  places: ReadonlyMap<string, Place>,
  files: FileStore
): Promise<void> {
  for (const { dossier, name, days, text } of content.documents) {
    const place = places.get(dossier)!;
    const bytes = new TextEncoder().encode(text);
    const [id, fileId] = [newId(), newId()];
    await files.write(fileId, bytes);
    await tx
      .insertInto('dossier_document')
      .values({
        id,
        dossier_id: place.dossierId,
        territory_id: place.territoryId,
        file_id: fileId,
        name,
        media_type: 'text/plain',
        bytes: bytes.length,
        added_by: place.carrier.accountId ?? place.facilitator,
        added_at: plusDays(ctx.now, -days)
      })
      .execute();
    place.documents.set(name, id);
  }
}

async function insertThread(
  tx: Tx,
  ctx: Context,
  seed: DossierSeed,
  place: Place,
  { subject, audience = 'circle', messages }: SeededThread
): Promise<void> {
  const threadId = newId();
  const startedAt = plusDays(ctx.now, -messages[0]!.days);
  const at = (index: number) => plusDays(ctx.now, -messages[index]!.days + index / 1000);
  await tx
    .insertInto('talk_thread')
    .values({
      id: threadId,
      dossier_id: place.dossierId,
      territory_id: place.territoryId,
      audience,
      subject,
      started_by: authorOf(seed, place, messages[0]!.by),
      started_at: startedAt,
      opened_at: startedAt,
      last_message_at: at(messages.length - 1)
    })
    .execute();
  const recommended = new Map<string, Id>();
  for (const [index, message] of messages.entries()) {
    const messageId = newId();
    const by = authorOf(seed, place, message.by);
    await tx
      .insertInto('talk_message')
      .values({
        id: messageId,
        thread_id: threadId,
        dossier_id: place.dossierId,
        territory_id: place.territoryId,
        written_by: by,
        spoken_by: message.spoken ? place.carrier.memberId : null,
        written_at: at(index),
        published_at: at(index)
      })
      .execute();
    let position = 0;
    for (const piece of message.pieces) {
      const values = await pieceOf(tx, ctx, seed, place, piece, {
        threadId,
        messageId,
        by,
        at: at(index),
        recommended
      });
      if (!values) continue;
      position += 1;
      await tx
        .insertInto('talk_piece')
        .values({
          message_id: messageId,
          dossier_id: place.dossierId,
          territory_id: place.territoryId,
          position,
          ...values
        })
        .execute();
    }
  }
}

function authorOf(seed: DossierSeed, place: Place, by: string): Id {
  if (by === 'facilitator') return place.facilitator;
  return by === 'carrier' ? place.carrier.accountId! : seed.accounts.get(by)!;
}

interface Said {
  readonly threadId: Id;
  readonly messageId: Id;
  readonly by: Id;
  readonly at: Date;
  readonly recommended: Map<string, Id>;
}

/** The columns of a piece; null for a document that could not be kept. */
async function pieceOf(tx: Tx, ctx: Context, seed: DossierSeed, place: Place, piece: SeededPiece, said: Said) {
  if (piece.text) return { kind: 'text', words: piece.text };
  if (piece.state) {
    const recommendation = said.recommended.get(piece.of!)!;
    await tx
      .updateTable('talk_recommendation')
      .set({ state: piece.state, state_changed_at: said.at, state_changed_by: said.by })
      .where('id', '=', recommendation)
      .execute();
    return { kind: 'state', recommendation_id: recommendation, to_state: piece.state };
  }
  if (piece.contact) {
    const organizationId = seed.organizations.get(piece.contact)!;
    const { name } = await tx
      .selectFrom('organization')
      .select('name')
      .where('id', '=', organizationId)
      .executeTakeFirstOrThrow();
    return { kind: 'contact', words: name, organization_id: organizationId };
  }
  if (piece.document) {
    const documentId = place.documents.get(piece.document);
    return documentId ? { kind: 'document', words: piece.document, document_id: documentId } : null;
  }
  return { kind: 'recommendation', recommendation_id: await recommend(tx, ctx, seed, place, piece, said) };
}

async function recommend(
  tx: Tx,
  ctx: Context,
  seed: DossierSeed,
  place: Place,
  piece: SeededPiece,
  said: Said
): Promise<Id> {
  const support = piece.support
    ? await tx
        .selectFrom('support')
        .select('id')
        .where('territory_id', '=', place.territoryId)
        .where('title', '=', piece.support)
        .executeTakeFirstOrThrow()
    : null;
  const id = newId();
  const title = piece.support ?? piece.recommend!;
  await tx
    .insertInto('talk_recommendation')
    .values({
      id,
      message_id: said.messageId,
      thread_id: said.threadId,
      dossier_id: place.dossierId,
      territory_id: place.territoryId,
      support_id: support?.id ?? null,
      title,
      why: piece.why ?? null,
      due_on: piece.in === undefined ? null : plusLocalDays(localDate(ctx.now, seed.timeZone), piece.in),
      state_changed_at: said.at,
      state_changed_by: said.by
    })
    .execute();
  said.recommended.set(title, id);
  return id;
}
