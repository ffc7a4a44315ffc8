import type { Context } from '@terreau/database/context';
import type { Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { todayIn } from './circle.ts';
import { NOTE_PARTICIPANTS_MAX_COUNT, type NoteFields } from './note.schema.ts';

/* What writing a note and correcting it have in common. */

export type NoteContentRefusal = 'note-empty' | 'note-in-the-future' | 'too-many-people';

/** The labels of those who were there without a place in the circle, when the note says something, of a past day. */
export async function checkNote(
  tx: Tx,
  ctx: Context,
  territoryId: Id,
  fields: NoteFields
): Promise<Verdict<string[], NoteContentRefusal>> {
  if (!fields.done && !fields.decided && !fields.toDo && !fields.nextOn) return refuse('note-empty');
  if (fields.happenedOn! > (await todayIn(tx, ctx, territoryId))) return refuse('note-in-the-future');
  const labels = (fields.others ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((label) => label !== '');
  if (labels.length + fields.members.length > NOTE_PARTICIPANTS_MAX_COUNT) {
    return refuse('too-many-people', { max: NOTE_PARTICIPANTS_MAX_COUNT });
  }
  return accept(labels);
}

/** What a form says of a note, as columns. */
export function noteColumns(fields: NoteFields) {
  return {
    happened_on: fields.happenedOn!,
    minutes: fields.minutes!,
    kind: fields.kind,
    place: fields.place,
    done: fields.done,
    decided: fields.decided,
    to_do: fields.toDo,
    next_on: fields.nextOn,
    themes: fields.themes,
    unnamed_count: fields.unnamed
  };
}

interface NotePlace {
  readonly noteId: Id;
  readonly dossierId: Id;
  readonly territoryId: Id;
}

/** People of the circle by their place in it, whoever else by a label; an id that is of no circle is left out. */
export async function insertParticipants(
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
export async function planNextContact(tx: Tx, dossierId: Id, fields: NoteFields, ctx: Context): Promise<void> {
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
