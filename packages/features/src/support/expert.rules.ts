import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { CircleRole } from './dossier-life.rules.ts';

/*
 * An expertise found outside of the circle: what is needed, those who could and agreed, the one chosen together, the
 * mission, what it delivered, and what both sides say of it.
 */

export const EXPERT_STATES = ['open', 'chosen', 'delivered', 'ended', 'withdrawn'] as const;
export type ExpertState = (typeof EXPERT_STATES)[number];

export const EXPERT_MOVES = [
  'propose',
  'choose',
  'withdraw',
  'log-hours',
  'deliver',
  'tell-structure',
  'tell-expert',
  'end'
] as const;
export type ExpertMove = (typeof EXPERT_MOVES)[number];

/** Somebody of the circle, and whether the mission is theirs. */
export interface ExpertActor {
  readonly role: CircleRole;
  readonly isExpert: boolean;
}

interface ExpertMoveRule {
  readonly from: readonly ExpertState[];
  readonly by: readonly CircleRole[];
  readonly byExpert?: true;
}

const BOTH: readonly CircleRole[] = ['facilitator', 'carrier', 'member'];

/** Who accompanies may write down what either side said aloud: nobody is obliged to be online. */
export const EXPERT_MOVE_RULES: Readonly<Record<ExpertMove, ExpertMoveRule>> = {
  propose: { from: ['open'], by: BOTH },
  // Chosen together, and written down by who may open the circle to an expert.
  choose: { from: ['open'], by: ['facilitator'] },
  withdraw: { from: ['open'], by: BOTH },
  'log-hours': { from: ['chosen', 'delivered'], by: ['facilitator'], byExpert: true },
  deliver: { from: ['chosen'], by: ['facilitator'], byExpert: true },
  'tell-structure': { from: ['delivered', 'ended'], by: BOTH },
  'tell-expert': { from: ['delivered', 'ended'], by: ['facilitator'], byExpert: true },
  end: { from: ['delivered'], by: ['facilitator'] }
};

export type ExpertMoveRefusal = 'expert-move-not-from-here' | 'expert-move-not-yours';

/** Whether somebody may take this step from `state`. */
export function checkExpertMove(
  state: ExpertState,
  actor: ExpertActor,
  move: ExpertMove
): Verdict<undefined, ExpertMoveRefusal> {
  if (!isTheirs(actor, EXPERT_MOVE_RULES[move])) return refuse('expert-move-not-yours');
  return EXPERT_MOVE_RULES[move].from.includes(state) ? accept() : refuse('expert-move-not-from-here');
}

/** The steps that they may take from `state`. */
export function expertMovesFrom(state: ExpertState, actor: ExpertActor): ExpertMove[] {
  return EXPERT_MOVES.filter((move) => checkExpertMove(state, actor, move).ok);
}

function isTheirs({ role, isExpert }: ExpertActor, { by, byExpert }: ExpertMoveRule): boolean {
  return by.includes(role) || (byExpert === true && role === 'expert' && isExpert);
}

/** Where an expertise stands, as its dates say it. */
export function expertState(row: {
  readonly withdrawnAt: Date | null;
  readonly chosenOn: string | null;
  readonly deliveredOn: string | null;
  readonly endedAt: Date | null;
}): ExpertState {
  if (row.withdrawnAt) return 'withdrawn';
  if (row.endedAt) return 'ended';
  if (row.deliveredOn) return 'delivered';
  return row.chosenOn ? 'chosen' : 'open';
}
