import type { Context } from '@terreau/database/context';
import { witnessed, type Tx } from '@terreau/database/transaction';
import type { Note } from '@terreau/database/schema';
import { isId, type Id } from '@terreau/kernel/ids';
import { localDate, type LocalDate } from '@terreau/kernel/instants';
import type { Selectable } from 'kysely';
import { timeZoneOf } from '../directory/time-zone.ts';
import { findAppointmentRow, participantsOf } from './appointment-rows.ts';
import { headOf, ownDossier, type DossierHead, type OwnDossier } from './circle.ts';
import type { NoteKind } from './note.schema.ts';
import { mayWrite } from './support.policy.ts';

/** What a new note takes from a former one: what does not change from one meeting to the next. */
export interface CopiedNote {
  readonly kind: NoteKind;
  readonly minutes: number;
  readonly place: string | null;
  readonly themes: readonly string[];
  readonly unnamed: number;
  readonly members: readonly Id[];
  /** Others who were there, one on each line. */
  readonly others: string;
  /** The day of the appointment that it tells of. */
  readonly happenedOn?: LocalDate;
}

export interface NoteForm {
  readonly head: DossierHead;
  readonly people: readonly { readonly id: Id; readonly name: string }[];
  readonly copied: CopiedNote | null;
}

/** What the form of a note offers to somebody who writes in the dossier; null for anybody else. */
export async function findNoteForm(
  ctx: Context,
  request: {
    readonly territoryId: Id;
    readonly dossierId: string;
    /** The note that is taken up again, or the appointment that the new one tells of. */
    readonly from?: string | undefined;
    readonly appointment?: string | undefined;
  }
): Promise<NoteForm | null> {
  return witnessed(ctx, async (tx, saw) => {
    const own = await ownDossier(tx, ctx, request.territoryId, request.dossierId);
    if (!own?.isActive || !mayWrite(own.role)) return null;
    saw({ dossierId: own.row.id, territoryId: request.territoryId, as: own.role, kind: 'page', what: 'note-form' });
    return {
      head: headOf(own),
      people: await peopleIn(tx, own.row.id),
      copied: request.appointment
        ? await copiedFromAppointment(tx, own.row, request.appointment)
        : request.from
          ? await copiedFrom(tx, own.row.id, request.from)
          : null
    };
  });
}

export async function peopleIn(tx: Tx, dossierId: Id): Promise<{ id: Id; name: string }[]> {
  const rows = await tx
    .selectFrom('dossier_member as member')
    .leftJoin('account', 'account.id', 'member.account_id')
    .leftJoin('person', 'person.id', 'member.person_id')
    .select(['member.id', 'account.name', 'person.display_name'])
    .where('dossier_id', '=', dossierId)
    .where('left_at', 'is', null)
    .orderBy('member.joined_at')
    .orderBy('member.id')
    .execute();
  return rows.map((row) => ({ id: row.id, name: row.name ?? row.display_name ?? '' }));
}

/** Who came, how long, where and when: nothing that is known of an appointment is typed again. */
async function copiedFromAppointment(
  tx: Tx,
  dossier: OwnDossier['row'],
  appointmentId: string
): Promise<CopiedNote | null> {
  const appointment = await findAppointmentRow(tx, dossier.id, appointmentId);
  if (!appointment) return null;
  const people = (await participantsOf(tx, [appointment.id])).get(appointment.id) ?? [];
  return {
    kind: appointment.way === 'phone' ? 'call' : appointment.way === 'home' ? 'visit' : 'meeting',
    minutes: appointment.minutes,
    place: appointment.place,
    themes: [],
    unnamed: 0,
    members: people.filter(({ answer }) => answer !== 'no').map(({ memberId }) => memberId),
    others: '',
    happenedOn: localDate(appointment.startsAt, await timeZoneOf(tx, dossier.territory_id))
  };
}

async function copiedFrom(tx: Tx, dossierId: Id, noteId: string): Promise<CopiedNote | null> {
  if (!isId(noteId)) return null;
  const note = await tx
    .selectFrom('note')
    .selectAll()
    .where('id', '=', noteId)
    .where('dossier_id', '=', dossierId)
    .executeTakeFirst();
  return note ? copyOf(tx, note) : null;
}

/** What a note says of where, how long and with whom. */
export async function copyOf(tx: Tx, note: Selectable<Note>): Promise<CopiedNote> {
  const people = await tx
    .selectFrom('note_participant')
    .select(['member_id', 'label'])
    .where('note_id', '=', note.id)
    .where('dossier_id', '=', note.dossier_id)
    .orderBy('id')
    .execute();
  return {
    kind: note.kind as NoteKind,
    minutes: note.minutes,
    place: note.place,
    themes: note.themes,
    unnamed: note.unnamed_count,
    members: people.flatMap(({ member_id }) => member_id ?? []),
    others: people.flatMap(({ label }) => label ?? []).join('\n')
  };
}
