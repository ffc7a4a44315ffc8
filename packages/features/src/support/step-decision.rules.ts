import type { LocalDate } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import {
  ENDED_STATES,
  PAUSABLE_STATES,
  type CircleRole,
  type DossierMove,
  type DossierState
} from './dossier-life.rules.ts';
import { STEP_LAST } from './journey.rules.ts';

/* How a step of the journey is left: always by somebody's decision, on a date, with a few words. */

export const STEP_DECISIONS = ['continue', 'go-back', 'pause', 'join-another', 'stop'] as const;
export type StepDecision = (typeof STEP_DECISIONS)[number];

/** Whoever carries the project decides; whoever accompanies it may write the decision down for them. */
const DECIDING_ROLES: readonly CircleRole[] = ['carrier', 'member', 'facilitator'];

export interface AskedDecision {
  readonly decision: StepDecision;
  /** To which step, for going on and going back: any, not only the next. */
  readonly toStep: number | null;
  /** A few words; stopping asks for none. */
  readonly reason: string | null;
  readonly nextContactOn: LocalDate | null;
}

export type StepDecisionRefusal =
  | 'decision-not-yours'
  | 'decision-not-from-here'
  | 'step-not-ahead'
  | 'step-not-behind'
  | 'decision-reason-missing'
  | 'next-contact-missing'
  | 'next-contact-past';

export interface DecidedStep {
  readonly toStep: number;
  /** What the decision does to the accompaniment; null where it goes on as it is. */
  readonly move: Extract<DossierMove, 'interrupt' | 'pause' | 'resume'> | null;
}

/** Whether this decision may be written on the local date `today`, and what it leads to. */
export function checkStepDecision(
  at: { readonly step: number; readonly state: DossierState; readonly role: CircleRole },
  asked: AskedDecision,
  today: LocalDate
): Verdict<DecidedStep, StepDecisionRefusal> {
  const { step, state, role } = at;
  if (!DECIDING_ROLES.includes(role)) return refuse('decision-not-yours');
  if (!decisionsFrom(step, state, role).includes(asked.decision)) return refuse('decision-not-from-here');
  if (asked.decision === 'stop') return accept({ toStep: step, move: 'interrupt' });
  if (!asked.reason) return refuse('decision-reason-missing');
  if (asked.decision === 'join-another') return accept({ toStep: step, move: 'interrupt' });
  // No project without a next contact, which whoever accompanies it plans.
  if (role === 'facilitator' && !asked.nextContactOn) return refuse('next-contact-missing');
  if (role === 'facilitator' && asked.nextContactOn! < today) return refuse('next-contact-past');
  // Where the accompaniment itself has no pause, the decision says it alone.
  if (asked.decision === 'pause')
    return accept({ toStep: step, move: PAUSABLE_STATES.includes(state) ? 'pause' : null });
  const toStep = asked.toStep ?? (asked.decision === 'continue' ? step + 1 : step - 1);
  if (asked.decision === 'continue' && (toStep <= step || toStep > STEP_LAST)) return refuse('step-not-ahead');
  if (asked.decision === 'go-back' && (toStep >= step || toStep < 0)) return refuse('step-not-behind');
  return accept({ toStep, move: state === 'paused' ? 'resume' : null });
}

/** The decisions that this place in the circle may take here. */
export function decisionsFrom(step: number, state: DossierState, role: CircleRole): StepDecision[] {
  if (!DECIDING_ROLES.includes(role) || ENDED_STATES.includes(state) || state === 'check-up-12') return [];
  return STEP_DECISIONS.filter((decision) => {
    if (decision === 'continue') return step < STEP_LAST;
    if (decision === 'go-back') return step > 0;
    return decision !== 'pause' || state !== 'paused';
  });
}
