import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { workedDossier } from './circle.ts';
import { checkNote, insertParticipants, noteColumns, planNextContact, type NoteContentRefusal } from './note-rows.ts';
import type { NoteFields } from './note.schema.ts';

export interface CorrectNoteRequest {
  readonly territoryId: Id;
  readonly dossierId: string;
  readonly noteId: string;
  /** The version that was on screen. */
  readonly version: number;
  readonly fields: NoteFields;
}

export type CorrectNoteRefusal = 'not-found' | 'changed-meanwhile' | NoteContentRefusal;

/** Corrects one's own note. What it said before stays beside it, for the circle to read. */
export async function correctNote(
  ctx: Context,
  { territoryId, dossierId, noteId, version, fields }: CorrectNoteRequest
): Promise<Verdict<Id, CorrectNoteRefusal>> {
  return transaction(ctx, 'correct-note', async (tx, ledger): Promise<Verdict<Id, CorrectNoteRefusal>> => {
    const own = await workedDossier(tx, ctx, territoryId, dossierId);
    if (!own || !isId(noteId)) return refuse('not-found');
    const before = await tx
      .selectFrom('note')
      .selectAll()
      .where('id', '=', noteId)
      .where('dossier_id', '=', own.row.id)
      .where('written_by', '=', ctx.actor.accountId)
      .executeTakeFirst();
    if (!before) return refuse('not-found');
    if (before.version !== version) return refuse('changed-meanwhile');
    const labels = await checkNote(tx, ctx, territoryId, fields);
    if (!labels.ok) return labels;
    const { happened_on, minutes, kind, place, done, decided, to_do, next_on } = before;
    const inDossier = { dossier_id: own.row.id, territory_id: territoryId };
    await tx
      .insertInto('note_version')
      .values({
        ...inDossier,
        note_id: noteId,
        version,
        happened_on,
        minutes,
        kind,
        place,
        done,
        decided,
        to_do,
        next_on,
        replaced_at: ctx.now,
        replaced_by: ctx.actor.accountId
      })
      .execute();
    await tx
      .updateTable('note')
      .set({ ...noteColumns(fields), version: version + 1, corrected_at: ctx.now })
      .where('id', '=', noteId)
      .where('dossier_id', '=', own.row.id)
      .execute();
    await tx
      .deleteFrom('note_participant')
      .where('note_id', '=', noteId)
      .where('dossier_id', '=', own.row.id)
      .execute();
    const where = { noteId, dossierId: own.row.id, territoryId };
    await insertParticipants(tx, where, fields.members, labels.value);
    await planNextContact(tx, own.row.id, fields, ctx);
    ledger.about('dossier', own.row.id, territoryId, { note: noteId, version: version + 1 });
    return accept(noteId);
  });
}
