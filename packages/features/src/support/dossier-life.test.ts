import { expect, test } from 'vitest';
import {
  checkDossierMove,
  CIRCLE_ROLES,
  DOSSIER_MOVES,
  DOSSIER_STATES,
  MOVE_RULES,
  movesFrom,
  PAUSABLE_STATES,
  type AskedMove,
  type DossierMove,
  type DossierStanding,
  type DossierState
} from './dossier-life.rules.ts';

const TODAY = '2026-03-02';

function asked(move: DossierMove, rest: Partial<AskedMove> = {}): AskedMove {
  return { move, reason: 'carrier-choice', note: 'Parce que', nextContactOn: '2026-03-20', agreedAloud: true, ...rest };
}

const at = (state: DossierState, pausedFrom: DossierState | null = null): DossierStanding => ({ state, pausedFrom });

/** The journey as its text says it, written again by hand: from → to. */
const JOURNEY: readonly [DossierState, DossierState][] = [
  ['requested', 'orienting'],
  ['orienting', 'redirected'],
  ['orienting', 'accepted'],
  ['accepted', 'diagnosis'],
  ['diagnosis', 'plan-proposed'],
  ['plan-proposed', 'diagnosis'],
  ['plan-accepted', 'diagnosis'],
  ['plan-proposed', 'plan-accepted'],
  ['plan-accepted', 'under-way'],
  ['accepted', 'paused'],
  ['diagnosis', 'paused'],
  ['plan-proposed', 'paused'],
  ['plan-accepted', 'paused'],
  ['under-way', 'paused'],
  ['paused', 'under-way'],
  ['under-way', 'review'],
  ['paused', 'review'],
  ['review', 'closed'],
  ['closed', 'check-up-12'],
  ['check-up-12', 'check-up-24'],
  ['closed', 'under-way'],
  ['check-up-12', 'under-way'],
  ['check-up-24', 'under-way'],
  ['interrupted', 'under-way']
];
const INTERRUPTIBLE: readonly DossierState[] = [
  'requested',
  'orienting',
  'accepted',
  'diagnosis',
  'plan-proposed',
  'plan-accepted',
  'under-way',
  'paused',
  'review'
];
const STRUCTURE_MAY: readonly DossierMove[] = ['rework-plan', 'accept-plan', 'pause', 'resume', 'interrupt'];

test('every state, every move, every place in the circle: what the journey allows works, all else is refused with a reason', () => {
  let cells = 0;
  for (const state of DOSSIER_STATES) {
    for (const move of DOSSIER_MOVES) {
      for (const role of CIRCLE_ROLES) {
        cells += 1;
        const { to } = MOVE_RULES[move];
        const isArrow =
          move === 'interrupt' ? INTERRUPTIBLE.includes(state) : JOURNEY.some(([a, b]) => a === state && b === to);
        const startsHere = MOVE_RULES[move].from.includes(state);
        const mayAct = role === 'facilitator' || (['carrier', 'member'].includes(role) && STRUCTURE_MAY.includes(move));
        const verdict = checkDossierMove(at(state), role, asked(move), TODAY);
        if (startsHere) expect({ state, move, isArrow }).toEqual({ state, move, isArrow: true });
        expect({ state, move, role, ok: verdict.ok }).toEqual({ state, move, role, ok: startsHere && mayAct });
        if (!verdict.ok) expect(['move-not-from-here', 'move-not-yours']).toContain(verdict.code);
        expect(movesFrom(at(state), role).includes(move)).toBe(verdict.ok);
      }
    }
  }
  // No arrow of the text was forgotten.
  const arrows = DOSSIER_MOVES.flatMap((move) => MOVE_RULES[move].from.map((from) => `${from}→${MOVE_RULES[move].to}`));
  expect(JOURNEY.map(([a, b]) => `${a}→${b}`).filter((arrow) => !arrows.includes(arrow))).toEqual([]);
  console.log(`${cells} cells of states, moves and places in the circle`);
});

test('whatever was accepted and is not yet reviewed pauses, and goes on where it stood; nobody who waits for an answer is paused', () => {
  let cells = 0;
  const pausable = ['accepted', 'diagnosis', 'plan-proposed', 'plan-accepted', 'under-way'];
  for (const state of DOSSIER_STATES) {
    for (const role of CIRCLE_ROLES) {
      cells += 1;
      const may = pausable.includes(state) && ['carrier', 'member', 'facilitator'].includes(role);
      const paused = checkDossierMove(at(state), role, asked('pause'), TODAY);
      expect({ state, role, ok: paused.ok }).toEqual({ state, role, ok: may });
      if (!may) continue;
      const from = at('paused', state);
      expect(checkDossierMove(from, role, asked('resume'), TODAY)).toMatchObject({ value: { to: state } });
      expect(checkDossierMove(from, role, asked('interrupt'), TODAY)).toMatchObject({ value: { to: 'interrupted' } });
      // A pause is no way around a diagnosis, nor around the structure's yes.
      const others = movesFrom(from, role).filter((move) => !['resume', 'interrupt'].includes(move));
      expect(others).toEqual(state === 'under-way' && role === 'facilitator' ? ['review'] : []);
      for (const move of DOSSIER_MOVES) {
        expect(movesFrom(from, role).includes(move)).toBe(checkDossierMove(from, role, asked(move), TODAY).ok);
      }
    }
  }
  expect(PAUSABLE_STATES).toEqual(pausable);
  console.log(`${cells} cells of states and places, each paused and taken up again`);
});

test('a pause says why, in a few words, and when whoever accompanies calls again', () => {
  for (const state of PAUSABLE_STATES) {
    for (const role of ['facilitator', 'carrier'] as const) {
      expect(checkDossierMove(at(state), role, asked('pause', { note: null }), TODAY)).toMatchObject({
        code: 'note-missing'
      });
    }
    const without = asked('pause', { nextContactOn: null });
    expect(checkDossierMove(at(state), 'facilitator', without, TODAY)).toMatchObject({ code: 'next-contact-missing' });
    const past = asked('pause', { nextContactOn: '2026-03-01' });
    expect(checkDossierMove(at(state), 'facilitator', past, TODAY)).toMatchObject({ code: 'next-contact-past' });
  }
});

test('nothing goes on without a next contact, which is not in the past', () => {
  const without = checkDossierMove(
    at('accepted'),
    'facilitator',
    asked('start-diagnosis', { nextContactOn: null }),
    TODAY
  );
  expect(without).toMatchObject({ code: 'next-contact-missing' });
  const past = asked('start-diagnosis', { nextContactOn: '2026-03-01' });
  expect(checkDossierMove(at('accepted'), 'facilitator', past, TODAY)).toMatchObject({ code: 'next-contact-past' });
  expect(checkDossierMove(at('review'), 'facilitator', asked('close'), TODAY)).toMatchObject({
    value: { to: 'closed', nextContactOn: '2026-03-20' }
  });
});

test('stopping asks why, and a plan is accepted by the structure, or by its spoken yes', () => {
  const silent = asked('interrupt', { reason: null });
  expect(checkDossierMove(at('under-way'), 'carrier', silent, TODAY)).toMatchObject({ code: 'reason-missing' });
  const alone = asked('accept-plan', { agreedAloud: false });
  expect(checkDossierMove(at('plan-proposed'), 'facilitator', alone, TODAY)).toMatchObject({
    code: 'agreement-missing'
  });
  expect(checkDossierMove(at('plan-proposed'), 'carrier', alone, TODAY).ok).toBe(true);
});
