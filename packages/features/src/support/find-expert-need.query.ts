import type { Context } from '@terreau/database/context';
import { witnessed, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { LocalDate } from '@terreau/kernel/instants';
import { headOf, ownDossier, todayIn, type DossierHead } from './circle.ts';
import { ENDED_STATES, type DossierState } from './dossier-life.rules.ts';
import { ownNeed, type ExpertAddress } from './expert-rows.ts';
import { expertMovesFrom, expertState, type ExpertMove, type ExpertState } from './expert.rules.ts';
import type { FEEDBACK_ANSWERS, FEEDBACK_SIDES } from './expert.schema.ts';
import type { PlanAddress } from './find-plan.query.ts';
import { mayWritePlan } from './plan.rules.ts';

export interface ExpertNeedLine {
  readonly id: Id;
  readonly what: string;
  readonly beforeOn: LocalDate | null;
  readonly state: ExpertState;
  readonly proposals: number;
  /** Who was chosen. */
  readonly expert: string | null;
}

export interface ExpertNeeds {
  readonly head: DossierHead;
  readonly needs: readonly ExpertNeedLine[];
  readonly actions: readonly { readonly id: Id; readonly what: string }[];
  readonly mayWrite: boolean;
}

/** The expertise that a dossier needs or had, the newest first, the look being written down; null when it is not theirs. */
export async function listExpertNeeds(
  ctx: Context,
  { territoryId, dossierId }: PlanAddress
): Promise<ExpertNeeds | null> {
  return witnessed(ctx, async (tx, saw) => {
    const own = await ownDossier(tx, ctx, territoryId, dossierId);
    if (!own) return null;
    const { row, role, isActive } = own;
    saw({ dossierId: row.id, territoryId, as: role, kind: 'page', what: 'experts' });
    return {
      head: headOf(own),
      needs: await needsOf(tx, row.id),
      actions: await tx
        .selectFrom('plan_action')
        .select(['id', 'what'])
        .where('dossier_id', '=', row.id)
        .where('kind', 'in', ['expert-individual', 'expert-collective'])
        .orderBy('id')
        .execute(),
      mayWrite: isActive && mayWritePlan(role) && !ENDED_STATES.includes(row.state as DossierState)
    };
  });
}

async function needsOf(tx: Tx, dossierId: Id): Promise<ExpertNeedLine[]> {
  const rows = await tx
    .selectFrom('expert_need as need')
    .leftJoin('expert_mission as mission', 'mission.need_id', 'need.id')
    .leftJoin('expert_proposal as chosen', 'chosen.id', 'mission.proposal_id')
    .select(['need.id', 'need.what', 'need.before_on', 'need.withdrawn_at', 'chosen.name'])
    .select(['mission.chosen_on', 'mission.delivered_on', 'mission.ended_at'])
    .select((select) =>
      select
        .selectFrom('expert_proposal')
        .select((proposal) => proposal.fn.countAll<string>().as('count'))
        .whereRef('expert_proposal.need_id', '=', 'need.id')
        .as('proposals')
    )
    .where('need.dossier_id', '=', dossierId)
    .orderBy('need.id', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    what: row.what,
    beforeOn: row.before_on,
    proposals: Number(row.proposals ?? 0),
    expert: row.name,
    state: expertState({
      withdrawnAt: row.withdrawn_at,
      chosenOn: row.chosen_on,
      deliveredOn: row.delivered_on,
      endedAt: row.ended_at
    })
  }));
}

export interface ExpertProposal {
  readonly id: Id;
  readonly name: string | null;
  readonly supportId: Id | null;
  readonly hasAccount: boolean;
  readonly offer: string | null;
  readonly agreedOn: LocalDate;
}

export interface ExpertMissionSheet {
  readonly proposalId: Id;
  readonly chosenOn: LocalDate;
  readonly peoplePresent: string;
  readonly chosenWhy: string;
  readonly startsOn: LocalDate;
  readonly endsOn: LocalDate;
  readonly plannedMinutes: number;
  readonly deliverable: string;
  readonly deliveredOn: LocalDate | null;
  readonly deliveredWords: string | null;
  readonly hours: readonly {
    readonly id: Id;
    readonly workedOn: LocalDate;
    readonly minutes: number;
    readonly what: string | null;
  }[];
  readonly feedback: readonly {
    readonly side: (typeof FEEDBACK_SIDES)[number];
    readonly first: (typeof FEEDBACK_ANSWERS)[number];
    readonly second: string | null;
    readonly third: string | null;
  }[];
}

export interface ExpertNeedSheet {
  readonly head: DossierHead;
  readonly id: Id;
  readonly what: string;
  readonly why: string;
  readonly plannedMinutes: number;
  readonly beforeOn: LocalDate | null;
  readonly howChosen: string;
  readonly action: { readonly id: Id; readonly what: string } | null;
  readonly state: ExpertState;
  readonly moves: readonly ExpertMove[];
  readonly proposals: readonly ExpertProposal[];
  /** Experts of the territory and people of its catalogue, for whoever may propose one. */
  readonly experts: readonly { readonly id: Id; readonly name: string }[];
  readonly people: readonly { readonly id: Id; readonly title: string }[];
  readonly mission: ExpertMissionSheet | null;
  readonly today: LocalDate;
}

const CHOICES_MAX_COUNT = 100;

/** One expertise from its need to what was said of it, the look being written down; null when it is not theirs. */
export async function findExpertNeed(ctx: Context, address: ExpertAddress): Promise<ExpertNeedSheet | null> {
  return witnessed(ctx, async (tx, saw) => {
    const own = await ownNeed(tx, ctx, address, 'read');
    if (!own) return null;
    const { row, role, need, state } = own;
    saw({ dossierId: row.id, territoryId: address.territoryId, as: role, kind: 'page', what: 'experts' });
    const moves = own.isActive ? expertMovesFrom(state, own.actor) : [];
    const mayPropose = moves.includes('propose');
    const action = need.action_id
      ? await tx.selectFrom('plan_action').select(['id', 'what']).where('id', '=', need.action_id).executeTakeFirst()
      : null;
    return {
      head: headOf(own),
      id: need.id,
      what: need.what,
      why: need.why,
      plannedMinutes: need.planned_minutes,
      beforeOn: need.before_on,
      howChosen: need.how_chosen,
      action: action ?? null,
      state,
      moves,
      proposals: await proposalsOf(tx, need.id),
      experts: mayPropose ? await expertsIn(tx, address.territoryId) : [],
      people: mayPropose ? await peopleOfCatalogue(tx, address.territoryId) : [],
      mission: own.mission && (await missionOf(tx, own.mission)),
      today: await todayIn(tx, ctx, address.territoryId)
    };
  });
}

async function proposalsOf(tx: Tx, needId: Id): Promise<ExpertProposal[]> {
  const rows = await tx.selectFrom('expert_proposal').selectAll().where('need_id', '=', needId).orderBy('id').execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    supportId: row.support_id,
    hasAccount: row.account_id !== null,
    offer: row.offer,
    agreedOn: row.agreed_on
  }));
}

async function expertsIn(tx: Tx, territoryId: Id): Promise<{ id: Id; name: string }[]> {
  return tx
    .selectFrom('role_grant')
    .innerJoin('account', 'account.id', 'role_grant.account_id')
    .select(['account.id', 'account.name'])
    .where('role_grant.territory_id', '=', territoryId)
    .where('role_grant.role', '=', 'expert')
    .where('role_grant.ended_at', 'is', null)
    .where('account.suspended_at', 'is', null)
    .orderBy('account.name')
    .orderBy('account.id')
    .limit(CHOICES_MAX_COUNT)
    .execute();
}

async function peopleOfCatalogue(tx: Tx, territoryId: Id): Promise<{ id: Id; title: string }[]> {
  return tx
    .selectFrom('support')
    .select(['id', 'title'])
    .where('territory_id', '=', territoryId)
    .where('kind', '=', 'person')
    .where('status', '=', 'published')
    .orderBy('title')
    .orderBy('id')
    .limit(CHOICES_MAX_COUNT)
    .execute();
}

async function missionOf(
  tx: Tx,
  mission: NonNullable<Awaited<ReturnType<typeof ownNeed>>>['mission'] & object
): Promise<ExpertMissionSheet> {
  const hours = await tx
    .selectFrom('expert_hours')
    .select(['id', 'worked_on as workedOn', 'minutes', 'what'])
    .where('mission_id', '=', mission.id)
    .orderBy('worked_on')
    .orderBy('id')
    .execute();
  const feedback = await tx
    .selectFrom('expert_feedback')
    .select(['side', 'first', 'second', 'third'])
    .where('mission_id', '=', mission.id)
    .orderBy('side', 'desc')
    .execute();
  return {
    proposalId: mission.proposal_id,
    chosenOn: mission.chosen_on,
    peoplePresent: mission.people_present,
    chosenWhy: mission.chosen_why,
    startsOn: mission.starts_on,
    endsOn: mission.ends_on,
    plannedMinutes: mission.planned_minutes,
    deliverable: mission.deliverable,
    deliveredOn: mission.delivered_on,
    deliveredWords: mission.delivered_words,
    hours,
    feedback: feedback as unknown as ExpertMissionSheet['feedback']
  };
}
