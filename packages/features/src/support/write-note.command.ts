import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import { isId, newId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { todayIn, workedDossier } from './circle.ts';
import { NOTE_PARTICIPANTS_MAX_COUNT, type NoteFields } from './note.schema.ts';

export interface WriteNoteRequest {
  readonly territoryId: Id;
  readonly dossierId: string;
  readonly fields: NoteFields;
}

/** `isNew` is false when this note had already arrived. */
export interface WrittenNote {
  readonly id: Id;
  readonly isNew: boolean;
}

export type WriteNoteRefusal =
  'not-found' | 'note-empty' | 'note-in-the-future' | 'note-of-another' | 'too-many-people';

/**
 * Writes a one-minute note. The device made its `clientId`: sent again after a lost answer, it is the same note, and it
 * keeps the time at which it was written. A next date becomes the next contact of the dossier.
 */
export async function writeNote(
  ctx: Context,
  { territoryId, dossierId, fields }: WriteNoteRequest
): Promise<Verdict<WrittenNote, WriteNoteRefusal>> {
  return transaction(ctx, 'write-note', async (tx, ledger): Promise<Verdict<WrittenNote, WriteNoteRefusal>> => {
    const own = await workedDossier(tx, ctx, territoryId, dossierId);
    if (!own) return refuse('not-found');
    const known = await arrived(tx, ctx, own.row.id, fields.clientId);
    if (known) return known;
    if (!fields.done && !fields.decided && !fields.toDo && !fields.nextOn) return refuse('note-empty');
    if (fields.happenedOn! > (await todayIn(tx, ctx, territoryId))) return refuse('note-in-the-future');
    const others = (fields.others ?? '').split('\n').map((line) => line.trim());
    const labels = others.filter((label) => label !== '');
    if (labels.length + fields.members.length > NOTE_PARTICIPANTS_MAX_COUNT) {
      return refuse('too-many-people', { max: NOTE_PARTICIPANTS_MAX_COUNT });
    }
    const id = newId();
    const inserted = await tx
      .insertInto('note')
      .values({
        id,
        dossier_id: own.row.id,
        territory_id: territoryId,
        client_id: fields.clientId,
        happened_on: fields.happenedOn!,
        minutes: fields.minutes!,
        kind: fields.kind,
        place: fields.place,
        done: fields.done,
        decided: fields.decided,
        to_do: fields.toDo,
        next_on: fields.nextOn,
        unnamed_count: fields.unnamed,
        written_by: ctx.actor.accountId,
        // A clock that is ahead does not write tomorrow's notes.
        written_at: fields.writtenAt && fields.writtenAt < ctx.now ? fields.writtenAt : ctx.now,
        received_at: ctx.now,
        was_offline: fields.offline
      })
      .onConflict((conflict) => conflict.column('client_id').doNothing())
      .executeTakeFirst();
    // The same note, sent twice in the same moment.
    if (inserted.numInsertedOrUpdatedRows === 0n) {
      return (await arrived(tx, ctx, own.row.id, fields.clientId)) ?? refuse('note-of-another');
    }
    await insertParticipants(tx, { noteId: id, dossierId: own.row.id, territoryId }, fields.members, labels);
    await planNextContact(tx, own.row.id, fields, ctx);
    ledger.about('dossier', own.row.id, territoryId, { note: id });
    return accept({ id, isNew: true });
  });
}

/** What to answer when this note is already there; null when it is not, as far as its author can see. */
async function arrived(
  tx: Tx,
  ctx: Context,
  dossierId: Id,
  clientId: Id
): Promise<Verdict<WrittenNote, WriteNoteRefusal> | null> {
  const known = await tx
    .selectFrom('note')
    .select(['id', 'dossier_id', 'written_by'])
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  if (!known) return null;
  const isSame = known.dossier_id === dossierId && known.written_by === ctx.actor.accountId;
  return isSame ? accept({ id: known.id, isNew: false }) : refuse('note-of-another');
}

interface NotePlace {
  readonly noteId: Id;
  readonly dossierId: Id;
  readonly territoryId: Id;
}

/** People of the circle by their place in it, whoever else by a label; an id that is of no circle is left out. */
async function insertParticipants(
  tx: Tx,
  { noteId, dossierId, territoryId }: NotePlace,
  members: readonly string[],
  labels: readonly string[]
): Promise<void> {
  const wanted = members.filter(isId);
  const known = wanted.length
    ? await tx
        .selectFrom('dossier_member')
        .select('id')
        .where('dossier_id', '=', dossierId)
        .where('id', 'in', wanted)
        .execute()
    : [];
  const place = { note_id: noteId, dossier_id: dossierId, territory_id: territoryId };
  const rows = [
    ...known.map(({ id }) => ({ ...place, member_id: id, label: null })),
    ...labels.map((label) => ({ ...place, member_id: null, label: label.slice(0, 120) }))
  ];
  if (rows.length > 0) await tx.insertInto('note_participant').values(rows).execute();
}

/** The newest note says when we see each other again; an older one that arrives late changes nothing. */
async function planNextContact(tx: Tx, dossierId: Id, fields: NoteFields, ctx: Context): Promise<void> {
  if (!fields.nextOn) return;
  const later = await tx
    .selectFrom('note')
    .select('id')
    .where('dossier_id', '=', dossierId)
    .where('happened_on', '>', fields.happenedOn!)
    .where('next_on', 'is not', null)
    .executeTakeFirst();
  if (later) return;
  await tx
    .updateTable('dossier')
    .set({ next_contact_on: fields.nextOn, updated_at: ctx.now })
    .where('id', '=', dossierId)
    .execute();
}
