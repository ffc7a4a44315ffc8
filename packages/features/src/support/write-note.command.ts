import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import type { Dossier } from '@terreau/database/schema';
import { newId, type Id } from '@terreau/kernel/ids';
import { localDate } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { Selectable } from 'kysely';
import { timeZoneOf } from '../directory/time-zone.ts';
import { workedDossier } from './circle.ts';
import { ENDED_STATES, type DossierState } from './dossier-life.rules.ts';
import { checkNote, insertParticipants, noteColumns, planNextContact, type NoteContentRefusal } from './note-rows.ts';
import type { NoteFields } from './note.schema.ts';

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

export type WriteNoteRefusal = 'not-found' | 'note-of-another' | 'dossier-ended' | NoteContentRefusal;

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
    const labels = await checkNote(tx, ctx, territoryId, fields);
    if (!labels.ok) return labels;
    if (await hadEnded(tx, own.row, fields)) return refuse('dossier-ended');
    const id = newId();
    const inserted = await tx
      .insertInto('note')
      .values({
        id,
        dossier_id: own.row.id,
        territory_id: territoryId,
        client_id: fields.clientId,
        ...noteColumns(fields),
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
    await insertParticipants(tx, { noteId: id, dossierId: own.row.id, territoryId }, fields.members, labels.value);
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

/** Whether the accompaniment was over on the day that the note tells of. A note about an earlier day still arrives. */
async function hadEnded(tx: Tx, dossier: Selectable<Dossier>, fields: NoteFields): Promise<boolean> {
  if (!ENDED_FOR_NOTES.includes(dossier.state as DossierState)) return false;
  return fields.happenedOn! > localDate(dossier.state_changed_at, await timeZoneOf(tx, dossier.territory_id));
}

/** Closed by agreement, a dossier is still seen again at twelve months: notes go on. */
const ENDED_FOR_NOTES: readonly DossierState[] = ENDED_STATES.filter((state) => state !== 'closed');
