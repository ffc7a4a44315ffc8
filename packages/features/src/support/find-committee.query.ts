import type { Context } from '@terreau/database/context';
import { reading, witnessed, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { plusLocalDays, type Instant, type LocalDate } from '@terreau/kernel/instants';
import { todayIn } from './circle.ts';
import { ownCommittee, type CommitteeAddress } from './committee-rows.ts';
import {
  AGENDA_READ_DAYS,
  checkCommitteeMove,
  COMMITTEE_MOVES,
  committeePhase,
  type CommitteeMove,
  type CommitteePhase,
  type CommitteeRole,
  type ConsentChannel
} from './committee.rules.ts';
import { mayOpenCommittee } from './support.policy.ts';

export const COMMITTEES_SHOWN_ROWS = 50;

export interface CommitteeLine {
  readonly id: Id;
  readonly heldOn: LocalDate;
  readonly agendaOn: LocalDate;
  readonly place: string | null;
  readonly phase: CommitteePhase;
}

export interface CommitteeList {
  readonly committees: readonly CommitteeLine[];
  readonly mayOpen: boolean;
}

/** The committees that the actor prepares, in which they sit now, or to which they may bring a dossier; the latest first. */
export async function listCommittees(ctx: Context, territoryId: Id): Promise<CommitteeList> {
  const mayOpen = mayOpenCommittee(ctx.actor, territoryId);
  return reading(ctx, async (tx) => {
    const today = await todayIn(tx, ctx, territoryId);
    const rows = await tx
      .selectFrom('committee')
      .select(['id', 'held_on', 'agenda_on', 'place'])
      .where('territory_id', '=', territoryId)
      .orderBy('held_on', 'desc')
      .orderBy('id', 'desc')
      .limit(COMMITTEES_SHOWN_ROWS)
      .execute();
    const committees = rows.map((row) => ({
      id: row.id,
      heldOn: row.held_on,
      agendaOn: row.agenda_on,
      place: row.place,
      phase: committeePhase({ agendaOn: row.agenda_on, heldOn: row.held_on }, today)
    }));
    return { committees, mayOpen };
  });
}

export interface CommitteeItemSheet {
  readonly id: Id;
  readonly title: string;
  readonly step: number | null;
  readonly summary: string;
  readonly consentedBy: string | null;
  readonly consentedOn: LocalDate;
  readonly channel: ConsentChannel;
  readonly minutes: string | null;
  readonly decision: string | null;
  readonly opinions: readonly {
    readonly id: Id;
    readonly by: string | null;
    readonly opinion: string;
    readonly isOwn: boolean;
  }[];
  readonly tasks: readonly {
    readonly id: Id;
    readonly what: string;
    readonly who: string;
    readonly dueOn: LocalDate | null;
    readonly doneAt: Instant | null;
  }[];
}

export interface CommitteeSheet extends CommitteeLine {
  /** The last day on which its members read the agenda. */
  readonly readUntil: LocalDate;
  readonly members: readonly { readonly id: Id; readonly name: string; readonly role: CommitteeRole }[];
  readonly items: readonly CommitteeItemSheet[];
  readonly moves: readonly CommitteeMove[];
  /** True for whoever reads its agenda: who prepares it, and its members in their thirty days. */
  readonly readsAgenda: boolean;
}

/**
 * A committee on one screen: for its members and whoever prepares it, what each structure agreed to show, each look being
 * written down in its dossier; for the rest of the team its dates alone.
 */
export async function findCommittee(
  ctx: Context,
  address: CommitteeAddress,
  kind: 'page' | 'file' = 'page'
): Promise<CommitteeSheet | null> {
  return witnessed(ctx, async (tx, saw) => {
    const own = await ownCommittee(tx, ctx, address);
    if (!own) return null;
    const { row, phase, places } = own;
    if (places.length === 0 && !mayOpenCommittee(ctx.actor, address.territoryId)) return null;
    const readsAgenda = phase !== 'shut' && places.length > 0;
    const items = readsAgenda ? await itemsOf(tx, row.id, ctx.actor.accountId) : [];
    for (const { dossierId } of items) {
      saw({ dossierId, territoryId: address.territoryId, as: 'committee', kind, what: 'committee' });
    }
    return {
      id: row.id,
      heldOn: row.held_on,
      agendaOn: row.agenda_on,
      place: row.place,
      phase,
      readUntil: plusLocalDays(row.agenda_on, AGENDA_READ_DAYS),
      members: readsAgenda ? await membersOf(tx, row.id) : [],
      items: items.map(({ sheet }) => sheet),
      moves: COMMITTEE_MOVES.filter((move) => checkCommitteeMove(phase, places, move).ok),
      readsAgenda
    };
  });
}

async function membersOf(tx: Tx, committeeId: Id): Promise<{ id: Id; name: string; role: CommitteeRole }[]> {
  const rows = await tx
    .selectFrom('committee_member as member')
    .innerJoin('account', 'account.id', 'member.account_id')
    .select(['member.id', 'account.name', 'member.role'])
    .where('committee_id', '=', committeeId)
    .where('left_at', 'is', null)
    .orderBy('member.id')
    .execute();
  return rows.map((row) => ({ ...row, role: row.role as CommitteeRole }));
}

async function itemsOf(
  tx: Tx,
  committeeId: Id,
  reader: Id | null
): Promise<{ dossierId: Id; sheet: CommitteeItemSheet }[]> {
  const rows = await tx
    .selectFrom('committee_item')
    .selectAll()
    .where('committee_id', '=', committeeId)
    .where('withdrawn_at', 'is', null)
    .orderBy('id')
    .execute();
  const sheets = [];
  for (const row of rows) sheets.push({ dossierId: row.dossier_id, sheet: await sheetOf(tx, row, reader) });
  return sheets;
}

type ItemRow = {
  readonly id: Id;
  readonly title: string;
  readonly step: number | null;
  readonly summary: string;
  readonly consented_member_id: Id | null;
  readonly consented_on: LocalDate;
  readonly channel: string;
  readonly minutes: string | null;
  readonly decision: string | null;
};

async function sheetOf(tx: Tx, row: ItemRow, reader: Id | null): Promise<CommitteeItemSheet> {
  const opinions = await tx
    .selectFrom('committee_opinion as given')
    .leftJoin('account', 'account.id', 'given.given_by')
    .select(['given.id', 'given.opinion', 'given.given_by', 'account.name'])
    .where('item_id', '=', row.id)
    .orderBy('given.id')
    .execute();
  const tasks = await tx
    .selectFrom('committee_task')
    .select(['id', 'what', 'who', 'due_on as dueOn', 'done_at as doneAt'])
    .where('item_id', '=', row.id)
    .orderBy('id')
    .execute();
  return {
    id: row.id,
    title: row.title,
    step: row.step,
    summary: row.summary,
    consentedBy: await consenterOf(tx, row.consented_member_id),
    consentedOn: row.consented_on,
    channel: row.channel as ConsentChannel,
    minutes: row.minutes,
    decision: row.decision,
    opinions: opinions.map((one) => ({
      id: one.id,
      by: one.name,
      opinion: one.opinion,
      isOwn: reader !== null && one.given_by === reader
    })),
    tasks
  };
}

/** Who agreed, for the circle; the committee sees that the structure did, and when. */
async function consenterOf(tx: Tx, memberId: Id | null): Promise<string | null> {
  if (!memberId) return null;
  const row = await tx
    .selectFrom('dossier_member as member')
    .leftJoin('account', 'account.id', 'member.account_id')
    .leftJoin('person', 'person.id', 'member.person_id')
    .select(['account.name', 'person.display_name'])
    .where('member.id', '=', memberId)
    .executeTakeFirst();
  return row ? (row.name ?? row.display_name) : null;
}

/** The items of one dossier, for its circle, which reads them for ever. */
export async function itemsOfDossier(
  tx: Tx,
  dossierId: Id,
  reader: Id | null
): Promise<(CommitteeItemSheet & { readonly heldOn: LocalDate; readonly isWithdrawn: boolean })[]> {
  const rows = await tx
    .selectFrom('committee_item')
    .innerJoin('committee', 'committee.id', 'committee_item.committee_id')
    .selectAll('committee_item')
    .select('committee.held_on')
    .where('dossier_id', '=', dossierId)
    .orderBy('committee_item.id', 'desc')
    .limit(COMMITTEES_SHOWN_ROWS)
    .execute();
  const sheets = [];
  for (const row of rows) {
    sheets.push({
      ...(await sheetOf(tx, row, reader)),
      heldOn: row.held_on,
      isWithdrawn: row.withdrawn_at !== null
    });
  }
  return sheets;
}
