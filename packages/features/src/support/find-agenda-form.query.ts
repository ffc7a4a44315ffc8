import type { Context } from '@terreau/database/context';
import { witnessed } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { LocalDate } from '@terreau/kernel/instants';
import { headOf, ownDossier, todayIn, type DossierHead } from './circle.ts';
import { ENDED_STATES, type DossierState } from './dossier-life.rules.ts';
import { itemsOfDossier, type CommitteeItemSheet } from './find-committee.query.ts';
import type { PlanAddress } from './find-plan.query.ts';
import { mayWritePlan } from './plan.rules.ts';

export interface AgendaForm {
  readonly head: DossierHead;
  readonly step: number;
  readonly items: readonly (CommitteeItemSheet & { readonly heldOn: LocalDate; readonly isWithdrawn: boolean })[];
  /** Coming committees, the next one first. */
  readonly committees: readonly { readonly id: Id; readonly heldOn: LocalDate }[];
  /** Who of the structure may agree; `isReader`: oneself, on the page. */
  readonly people: readonly { readonly id: Id; readonly name: string; readonly isReader: boolean }[];
  readonly mayWrite: boolean;
  readonly today: LocalDate;
}

const COMING_MAX_ROWS = 20;

/** Where a dossier stands before committees, and what its consent would show, the look being written down. */
export async function findAgendaForm(
  ctx: Context,
  { territoryId, dossierId }: PlanAddress
): Promise<AgendaForm | null> {
  return witnessed(ctx, async (tx, saw) => {
    const own = await ownDossier(tx, ctx, territoryId, dossierId);
    if (!own) return null;
    const { row, role, isActive, memberId } = own;
    saw({ dossierId: row.id, territoryId, as: role, kind: 'page', what: 'committee' });
    const today = await todayIn(tx, ctx, territoryId);
    const committees = await tx
      .selectFrom('committee')
      .select(['id', 'held_on as heldOn'])
      .where('territory_id', '=', territoryId)
      .where('held_on', '>', today)
      .orderBy('held_on')
      .orderBy('id')
      .limit(COMING_MAX_ROWS)
      .execute();
    const people = await tx
      .selectFrom('dossier_member as member')
      .leftJoin('account', 'account.id', 'member.account_id')
      .leftJoin('person', 'person.id', 'member.person_id')
      .select(['member.id', 'account.name', 'person.display_name'])
      .where('member.dossier_id', '=', row.id)
      .where('member.role', 'in', ['carrier', 'member'])
      .where('member.left_at', 'is', null)
      .orderBy('member.joined_at')
      .orderBy('member.id')
      .execute();
    return {
      head: headOf(own),
      step: row.step,
      items: await itemsOfDossier(tx, row.id, ctx.actor.accountId),
      committees,
      people: people.map((one) => ({
        id: one.id,
        name: one.name ?? one.display_name ?? '',
        isReader: one.id === memberId
      })),
      mayWrite: isActive && mayWritePlan(role) && !ENDED_STATES.includes(row.state as DossierState),
      today
    };
  });
}
