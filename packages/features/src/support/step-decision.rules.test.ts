import { expect, test } from 'vitest';
import {
  CIRCLE_ROLES,
  DOSSIER_STATES,
  ENDED_STATES,
  type CircleRole,
  type DossierState
} from './dossier-life.rules.ts';
import { STEP_LAST } from './journey.rules.ts';
import { checkStepDecision, decisionsFrom, STEP_DECISIONS, type AskedDecision } from './step-decision.rules.ts';

const TODAY = '2026-03-02';

function asked(decision: AskedDecision['decision'], rest: Partial<AskedDecision> = {}): AskedDecision {
  return { decision, toStep: null, reason: 'Parce que', nextContactOn: '2026-03-20', ...rest };
}

const at = (step: number, state: DossierState = 'under-way', role: CircleRole = 'carrier') => ({ step, state, role });

test('every step, state, place and decision: only whoever carries or accompanies decides, and never once it has ended', () => {
  let cells = 0;
  for (let step = 0; step <= STEP_LAST; step += 1) {
    for (const state of DOSSIER_STATES) {
      for (const role of CIRCLE_ROLES) {
        for (const decision of STEP_DECISIONS) {
          cells += 1;
          const isOver = ENDED_STATES.includes(state) || state === 'check-up-12';
          const may =
            ['carrier', 'member', 'facilitator'].includes(role) &&
            !isOver &&
            !(decision === 'continue' && step === STEP_LAST) &&
            !(decision === 'go-back' && step === 0) &&
            !(decision === 'pause' && state === 'paused');
          const verdict = checkStepDecision(at(step, state, role), asked(decision), TODAY);
          expect({ step, state, role, decision, ok: verdict.ok }).toEqual({ step, state, role, decision, ok: may });
          expect(decisionsFrom(step, state, role).includes(decision)).toBe(may);
        }
      }
    }
  }
  console.log(`${cells} cells of steps, states, places and decisions`);
});

test('a project starts anywhere, skips and goes back: going on leads to any later step, going back to any earlier one', () => {
  expect(checkStepDecision(at(0), asked('continue'), TODAY)).toMatchObject({ value: { toStep: 1 } });
  expect(checkStepDecision(at(0), asked('continue', { toStep: 6 }), TODAY)).toMatchObject({ value: { toStep: 6 } });
  expect(checkStepDecision(at(6), asked('go-back', { toStep: 1 }), TODAY)).toMatchObject({ value: { toStep: 1 } });
  expect(checkStepDecision(at(4), asked('continue', { toStep: 4 }), TODAY)).toMatchObject({ code: 'step-not-ahead' });
  expect(checkStepDecision(at(4), asked('go-back', { toStep: 5 }), TODAY)).toMatchObject({ code: 'step-not-behind' });
});

test('each decision says why in a few words, except stopping, which asks for nothing', () => {
  for (const decision of STEP_DECISIONS) {
    const verdict = checkStepDecision(at(3), asked(decision, { reason: null, nextContactOn: null }), TODAY);
    if (decision === 'stop') expect(verdict).toMatchObject({ value: { move: 'interrupt' } });
    else expect(verdict).toMatchObject({ code: 'decision-reason-missing' });
  }
});

test('a pause, joining another project and stopping move the accompaniment; going on after a pause resumes it', () => {
  expect(checkStepDecision(at(3), asked('pause'), TODAY)).toMatchObject({ value: { toStep: 3, move: 'pause' } });
  expect(checkStepDecision(at(3), asked('join-another'), TODAY)).toMatchObject({ value: { move: 'interrupt' } });
  expect(checkStepDecision(at(3, 'paused'), asked('continue'), TODAY)).toMatchObject({ value: { move: 'resume' } });
  expect(checkStepDecision(at(1, 'diagnosis'), asked('pause'), TODAY)).toMatchObject({ value: { move: 'pause' } });
  // Somebody is owed an answer: the project pauses, the accompaniment does not.
  expect(checkStepDecision(at(0, 'orienting'), asked('pause'), TODAY)).toMatchObject({ value: { move: null } });
});

test('no project goes on, goes back or pauses without a next contact', () => {
  const facilitator = at(3, 'under-way', 'facilitator');
  for (const decision of ['continue', 'go-back', 'pause'] as const) {
    expect(checkStepDecision(facilitator, asked(decision, { nextContactOn: null }), TODAY)).toMatchObject({
      code: 'next-contact-missing'
    });
    expect(checkStepDecision(facilitator, asked(decision, { nextContactOn: '2026-03-01' }), TODAY)).toMatchObject({
      code: 'next-contact-past'
    });
  }
});
