import type { Context } from '@terreau/database/context';
import type { ExpertMission, ExpertNeed } from '@terreau/database/schema';
import type { Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { Selectable } from 'kysely';
import { ownDossier, workedDossier, type OwnDossier } from './circle.ts';
import { ENDED_STATES, type DossierState } from './dossier-life.rules.ts';
import {
  checkExpertMove,
  expertState,
  type ExpertActor,
  type ExpertMove,
  type ExpertMoveRefusal,
  type ExpertState
} from './expert.rules.ts';

export interface ExpertAddress {
  readonly territoryId: Id;
  readonly dossierId: string;
  readonly needId: string;
}

export interface OwnNeed extends OwnDossier {
  readonly need: Selectable<ExpertNeed>;
  readonly mission: Selectable<ExpertMission> | null;
  readonly state: ExpertState;
  readonly actor: ExpertActor;
}

/** A need of a dossier in whose circle the actor is; its dossier is locked for whoever is about to change it. */
export async function ownNeed(
  tx: Tx,
  ctx: Context,
  { territoryId, dossierId, needId }: ExpertAddress,
  purpose: 'read' | 'work'
): Promise<OwnNeed | null> {
  const own =
    purpose === 'work'
      ? await workedDossier(tx, ctx, territoryId, dossierId)
      : await ownDossier(tx, ctx, territoryId, dossierId);
  if (!own || !isId(needId)) return null;
  const need = await tx
    .selectFrom('expert_need')
    .selectAll()
    .where('id', '=', needId)
    .where('dossier_id', '=', own.row.id)
    .executeTakeFirst();
  if (!need) return null;
  const mission =
    (await tx.selectFrom('expert_mission').selectAll().where('need_id', '=', need.id).executeTakeFirst()) ?? null;
  const state = expertState({
    withdrawnAt: need.withdrawn_at,
    chosenOn: mission?.chosen_on ?? null,
    deliveredOn: mission?.delivered_on ?? null,
    endedAt: mission?.ended_at ?? null
  });
  const isExpert = mission !== null && mission.member_id === own.memberId;
  return { ...own, need, mission, state, actor: { role: own.role, isExpert } };
}

export type ExpertRefusal = 'not-found' | 'dossier-ended' | ExpertMoveRefusal;

/** The need on which the actor takes a step, when they may; what has ended only hears what both sides say of it. */
export async function movedNeed(
  tx: Tx,
  ctx: Context,
  address: ExpertAddress,
  move: ExpertMove
): Promise<Verdict<OwnNeed, ExpertRefusal>> {
  const own = await ownNeed(tx, ctx, address, 'work');
  if (!own) return refuse('not-found');
  const verdict = checkExpertMove(own.state, own.actor, move);
  if (!verdict.ok) return verdict;
  const isFeedback = move === 'tell-structure' || move === 'tell-expert';
  return !isFeedback && ENDED_STATES.includes(own.row.state as DossierState) ? refuse('dossier-ended') : accept(own);
}
