import type { Context } from '@terreau/database/context';
import { witnessed, type Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import type { Instant, LocalDate } from '@terreau/kernel/instants';
import { headOf, ownDossier, type DossierHead } from './circle.ts';
import type { NoteKind } from './note.schema.ts';

export const NOTES_PAGE_ROWS = 20;
/** Of all the notes of a page together. */
const EARLIER_VERSIONS_MAX_ROWS = 200;

export interface ListedNote {
  readonly id: Id;
  readonly happenedOn: LocalDate;
  readonly minutes: number;
  readonly kind: NoteKind;
  readonly place: string | null;
  readonly done: string | null;
  readonly decided: string | null;
  readonly toDo: string | null;
  readonly nextOn: LocalDate | null;
  readonly people: readonly string[];
  readonly unnamedCount: number;
  readonly by: string | null;
  readonly isOwn: boolean;
  readonly writtenAt: Instant;
  readonly wasOffline: boolean;
  readonly themes: readonly string[];
  readonly correctedAt: Instant | null;
  /** What the note said before it was corrected, the latest first. */
  readonly earlier: readonly EarlierNote[];
}

export interface EarlierNote {
  readonly version: number;
  readonly replacedAt: Instant;
  readonly happenedOn: LocalDate;
  readonly minutes: number;
  readonly done: string | null;
  readonly decided: string | null;
  readonly toDo: string | null;
  readonly nextOn: LocalDate | null;
}

export interface NotePage {
  readonly head: DossierHead;
  readonly notes: readonly ListedNote[];
  readonly next: string | null;
}

/** The notes of a dossier, the latest first, the look being written down; null for whoever is not of its circle. */
export async function listNotes(
  ctx: Context,
  request: { readonly territoryId: Id; readonly dossierId: string; readonly after?: string | undefined }
): Promise<NotePage | null> {
  return witnessed(ctx, async (tx, saw) => {
    const own = await ownDossier(tx, ctx, request.territoryId, request.dossierId);
    if (!own) return null;
    saw({ dossierId: own.row.id, territoryId: request.territoryId, as: own.role, kind: 'page', what: 'notes' });
    const [day, id] = request.after?.split('_') ?? [];
    const rows = await tx
      .selectFrom('note')
      .leftJoin('account', 'account.id', 'note.written_by')
      .selectAll('note')
      .select('account.name as author')
      .where('dossier_id', '=', own.row.id)
      .$if(isId(id), (query) =>
        query.where((where) =>
          where(where.refTuple('happened_on', 'note.id'), '<', where.tuple(where.val(day!), where.val(id!)))
        )
      )
      .orderBy('happened_on', 'desc')
      .orderBy('note.id', 'desc')
      .limit(NOTES_PAGE_ROWS + 1)
      .execute();
    const shown = rows.slice(0, NOTES_PAGE_ROWS);
    const people = await peopleOf(
      tx,
      shown.map((row) => row.id)
    );
    const corrected = shown.filter((row) => row.version > 1).map((row) => row.id);
    const earlier = await earlierOf(tx, own.row.id, corrected);
    const last = shown.at(-1);
    return {
      head: headOf(own),
      notes: shown.map((row) => ({
        id: row.id,
        happenedOn: row.happened_on,
        minutes: row.minutes,
        kind: row.kind as NoteKind,
        place: row.place,
        done: row.done,
        decided: row.decided,
        toDo: row.to_do,
        nextOn: row.next_on,
        people: people.get(row.id) ?? [],
        unnamedCount: row.unnamed_count,
        by: row.author,
        isOwn: row.written_by === ctx.actor.accountId,
        writtenAt: row.written_at,
        wasOffline: row.was_offline,
        themes: row.themes,
        correctedAt: row.corrected_at,
        earlier: earlier.get(row.id) ?? []
      })),
      next: rows.length > NOTES_PAGE_ROWS && last ? `${last.happened_on}_${last.id}` : null
    };
  });
}

async function peopleOf(tx: Tx, noteIds: readonly Id[]): Promise<Map<Id, string[]>> {
  const people = new Map<Id, string[]>();
  if (noteIds.length === 0) return people;
  const rows = await tx
    .selectFrom('note_participant as participant')
    .leftJoin('dossier_member as member', 'member.id', 'participant.member_id')
    .leftJoin('account', 'account.id', 'member.account_id')
    .leftJoin('person', 'person.id', 'member.person_id')
    .select(['participant.note_id', 'participant.label', 'account.name', 'person.display_name'])
    .where('participant.note_id', 'in', [...noteIds])
    .orderBy('participant.id')
    .execute();
  for (const row of rows) {
    const list = people.get(row.note_id) ?? [];
    list.push(row.label ?? row.name ?? row.display_name ?? '');
    people.set(row.note_id, list);
  }
  return people;
}

async function earlierOf(tx: Tx, dossierId: Id, noteIds: readonly Id[]): Promise<Map<Id, EarlierNote[]>> {
  if (noteIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('note_version')
    .selectAll()
    .where('dossier_id', '=', dossierId)
    .where('note_id', 'in', [...noteIds])
    .orderBy('version', 'desc')
    .limit(EARLIER_VERSIONS_MAX_ROWS)
    .execute();
  const earlier = rows.map((row) => ({
    noteId: row.note_id,
    version: row.version,
    replacedAt: row.replaced_at,
    happenedOn: row.happened_on,
    minutes: row.minutes,
    done: row.done,
    decided: row.decided,
    toDo: row.to_do,
    nextOn: row.next_on
  }));
  return Map.groupBy(earlier, (version) => version.noteId);
}
