import type { Context } from '@terreau/database/context';
import { reading, witnessed, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { plusLocalDays, type Instant, type LocalDate } from '@terreau/kernel/instants';
import { headOf, todayIn, type DossierHead } from '../support/circle.ts';
import { DEADLINES_MAX_COUNT } from './add-deadline.command.ts';
import { ownFunding } from './budget-rows.ts';
import { DEADLINE_NEAR_DAYS, standingOf, type DeadlineKind } from './deadlines.rules.ts';

export interface ListedDeadline {
  readonly id: Id;
  readonly kind: DeadlineKind;
  readonly label: string | null;
  readonly dueOn: LocalDate;
  readonly standing: 'late' | 'near' | 'far';
  /** The funding that it is about, in words. */
  readonly funding: string | null;
  /** Who sees to it. */
  readonly by: string | null;
  readonly doneAt: Instant | null;
}

export interface DeadlineList {
  readonly head: DossierHead;
  readonly mayWork: boolean;
  /** Month and day on which the financial year ends. */
  readonly yearEndsOn: string;
  readonly today: LocalDate;
  readonly open: readonly ListedDeadline[];
  readonly done: readonly ListedDeadline[];
  /** People of the circle, and income lines of its budgets, to choose from. */
  readonly people: readonly { readonly id: Id; readonly name: string }[];
  readonly fundings: readonly { readonly key: Id; readonly label: string }[];
}

/** What has a date in a dossier, the nearest first; null for whoever is not of its circle. */
export async function listDeadlines(
  ctx: Context,
  request: { readonly territoryId: Id; readonly dossierId: string }
): Promise<DeadlineList | null> {
  return witnessed(ctx, async (tx, saw) => {
    const own = await ownFunding(tx, ctx, request.territoryId, request.dossierId, 'read');
    if (!own) return null;
    saw({ dossierId: own.row.id, territoryId: request.territoryId, as: own.role, kind: 'page', what: 'deadlines' });
    const today = await todayIn(tx, ctx, request.territoryId);
    const fundings = await fundingsOf(tx, own.row.id);
    const rows = await tx
      .selectFrom('dossier_deadline as deadline')
      .leftJoin('dossier_member as member', 'member.id', 'deadline.member_id')
      .leftJoin('account', 'account.id', 'member.account_id')
      .leftJoin('person', 'person.id', 'member.person_id')
      .selectAll('deadline')
      .select(['account.name', 'person.display_name'])
      .where('deadline.dossier_id', '=', own.row.id)
      .orderBy('deadline.due_on')
      .orderBy('deadline.id')
      .limit(DEADLINES_MAX_COUNT)
      .execute();
    const all = rows.map((row): ListedDeadline => ({
      id: row.id,
      kind: row.kind as DeadlineKind,
      label: row.label,
      dueOn: row.due_on,
      standing: standingOf(row.due_on, today),
      funding: fundings.find(({ key }) => key === row.line_key)?.label ?? null,
      by: row.name ?? row.display_name,
      doneAt: row.done_at
    }));
    return {
      head: headOf(own),
      mayWork: own.isActive && own.role !== 'observer',
      yearEndsOn: own.row.year_ends_on,
      today,
      open: all.filter((deadline) => !deadline.doneAt),
      done: all.filter((deadline) => deadline.doneAt).toReversed(),
      people: await peopleOf(tx, own.row.id),
      fundings
    };
  });
}

/** Each income line once, as it is called in the newest budget. */
async function fundingsOf(tx: Tx, dossierId: Id): Promise<{ key: Id; label: string }[]> {
  const rows = await tx
    .selectFrom('budget_line')
    .select(['key', 'label'])
    .where('dossier_id', '=', dossierId)
    .where('account', 'in', ['70', '73', '74', '75'])
    .orderBy('id', 'desc')
    .execute();
  return [...new Map(rows.toReversed().map((row) => [row.key, row])).values()];
}

async function peopleOf(tx: Tx, dossierId: Id): Promise<{ id: Id; name: string }[]> {
  const rows = await tx
    .selectFrom('dossier_member as member')
    .leftJoin('account', 'account.id', 'member.account_id')
    .leftJoin('person', 'person.id', 'member.person_id')
    .select(['member.id', 'account.name', 'person.display_name'])
    .where('member.dossier_id', '=', dossierId)
    .where('member.left_at', 'is', null)
    .where('member.role', '<>', 'observer')
    .orderBy('member.joined_at')
    .execute();
  return rows.map((row) => ({ id: row.id, name: row.name ?? row.display_name ?? '' }));
}

/** A deadline as « Ma semaine » says it: of which dossier, of what kind, for when; nothing of what the dossier holds. */
export interface NearDeadline {
  readonly id: Id;
  readonly dossierId: Id;
  readonly dossierTitle: string;
  readonly kind: DeadlineKind;
  readonly dueOn: LocalDate;
  readonly standing: 'late' | 'near';
}

export const NEAR_DEADLINES_MAX_COUNT = 20;

/** Of the dossiers that the actor accompanies: what is late or due within three weeks, the most pressing first. */
export async function listNearDeadlines(
  ctx: Context,
  request: { readonly territoryId: Id; readonly today: LocalDate }
): Promise<{ readonly deadlines: readonly NearDeadline[]; readonly total: number }> {
  const { accountId } = ctx.actor;
  if (!accountId) return { deadlines: [], total: 0 };
  return reading(ctx, async (tx) => {
    const rows = await tx
      .selectFrom('dossier_deadline as deadline')
      .innerJoin('dossier', 'dossier.id', 'deadline.dossier_id')
      .innerJoin('dossier_member as member', 'member.dossier_id', 'deadline.dossier_id')
      .select(['deadline.id', 'deadline.kind', 'deadline.due_on', 'dossier.id as dossier_id', 'dossier.title'])
      .select((select) => select.fn.countAll<string>().over().as('total'))
      .where('dossier.territory_id', '=', request.territoryId)
      .where('member.account_id', '=', accountId)
      .where('member.role', '=', 'facilitator')
      .where('member.left_at', 'is', null)
      .where('deadline.done_at', 'is', null)
      .where('deadline.due_on', '<=', plusLocalDays(request.today, DEADLINE_NEAR_DAYS))
      .orderBy('deadline.due_on')
      .orderBy('deadline.id')
      .limit(NEAR_DEADLINES_MAX_COUNT)
      .execute();
    const deadlines = rows.map((row): NearDeadline => ({
      id: row.id,
      dossierId: row.dossier_id,
      dossierTitle: row.title,
      kind: row.kind as DeadlineKind,
      dueOn: row.due_on,
      standing: row.due_on < request.today ? 'late' : 'near'
    }));
    return { deadlines, total: Number(rows[0]?.total ?? 0) };
  });
}
