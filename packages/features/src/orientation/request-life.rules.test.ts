import { expect, test } from 'vitest';
import {
  checkMove,
  MOVE_RULES,
  possibleMoves,
  REQUEST_MOVES,
  REQUEST_ROLES,
  REQUEST_STATES,
  type MoveDetails,
  type RequestMove,
  type RequestRole,
  type RequestState
} from './request-life.rules.ts';

/*
 * The table below is written by hand, apart from the rules: for each move, who may make it, and where it leads from each
 * state. A cell that is not here is refused.
 */
const TEAM: RequestRole[] = ['team', 'responsible', 'coordinator'];
const stays = (...states: RequestState[]) => Object.fromEntries(states.map((state) => [state, state]));
const leads = (to: RequestState, ...states: RequestState[]) => Object.fromEntries(states.map((state) => [state, to]));

const TABLE: Record<
  RequestMove,
  { by: RequestRole[]; to: Partial<Record<RequestState, RequestState>>; with?: MoveDetails }
> = {
  submit: { by: ['person', ...TEAM], to: { draft: 'open' } },
  approve: { by: TEAM, to: { moderation: 'open' } },
  decline: { by: TEAM, to: { moderation: 'closed' }, with: { reason: 'out-of-scope', nextStep: 'Voir la mairie.' } },
  take: { by: ['team', 'coordinator'], to: stays('moderation', 'open', 'offered', 'accepted') },
  assign: { by: ['responsible', 'coordinator'], to: stays('moderation', 'open', 'offered', 'accepted') },
  release: { by: ['platform'], to: stays('moderation', 'open', 'offered', 'accepted') },
  answer: { by: TEAM, to: stays('moderation', 'open', 'offered', 'accepted'), with: { reason: 'by-phone' } },
  promise: { by: TEAM, to: stays('moderation', 'open', 'offered', 'accepted', 'done', 'closed') },
  'keep-promise': {
    by: TEAM,
    to: stays('moderation', 'open', 'offered', 'accepted', 'done', 'closed', 'withdrawn'),
    with: { reason: 'reached' }
  },
  offer: { by: TEAM, to: leads('offered', 'open', 'offered') },
  'hand-over': { by: TEAM, to: leads('offered', 'open', 'offered') },
  accept: { by: ['partner', ...TEAM], to: { offered: 'accepted' } },
  refuse: { by: ['partner', ...TEAM], to: { offered: 'open' }, with: { reason: 'full' } },
  'give-back': { by: ['partner', ...TEAM], to: { accepted: 'open' }, with: { reason: 'full' } },
  expire: { by: ['platform'], to: { offered: 'open' } },
  'withdraw-offer': { by: TEAM, to: leads('open', 'offered', 'accepted') },
  done: { by: ['partner', ...TEAM], to: { accepted: 'done' } },
  close: {
    by: TEAM,
    to: leads('closed', 'open', 'offered', 'accepted'),
    with: { reason: 'oriented', nextStep: 'La mission locale vous appelle mardi.' }
  },
  'close-idle': {
    by: ['platform'],
    to: leads('closed', 'open', 'offered', 'accepted'),
    with: { reason: 'nothing-found', nextStep: 'Passez à la Maison du projet.' }
  },
  reopen: { by: ['person', ...TEAM], to: leads('open', 'done', 'closed', 'withdrawn') },
  withdraw: { by: ['person'], to: leads('withdrawn', 'moderation', 'open', 'offered', 'accepted') }
};

test('each state, each role, each move: what may be done is done, everything else is refused with a reason', () => {
  const count = { allowed: 0, refused: 0 };
  for (const state of REQUEST_STATES) {
    for (const role of REQUEST_ROLES) {
      for (const move of REQUEST_MOVES) {
        const row = TABLE[move];
        const to = row.by.includes(role) ? row.to[state] : undefined;
        const verdict = checkMove(state, move, new Set([role]), row.with);
        const cell = `${role} · ${move} · ${state}`;
        if (to) expect(verdict, cell).toEqual({ ok: true, value: to });
        else if (row.by.includes(role)) expect(verdict, cell).toMatchObject({ ok: false, code: `request-is-${state}` });
        else expect(verdict, cell).toMatchObject({ ok: false, code: expect.stringMatching(/^move-for-/) });
        expect(possibleMoves(state, new Set([role])).includes(move), cell).toBe(to !== undefined);
        count[to ? 'allowed' : 'refused'] += 1;
      }
    }
  }
  console.info(
    `request life: ${count.allowed + count.refused} cells, ${count.allowed} allowed, ${count.refused} refused`
  );
  expect(count.allowed + count.refused).toBe(REQUEST_STATES.length * REQUEST_ROLES.length * REQUEST_MOVES.length);
});

test('being two things at once gives the rights of both', () => {
  expect(checkMove('open', 'assign', new Set(['team']))).toMatchObject({ code: 'move-for-holder' });
  expect(checkMove('open', 'assign', new Set(['team', 'responsible']))).toMatchObject({ ok: true });
});

test('nothing closes without a reason of the list and a next step', () => {
  const team = new Set<RequestRole>(['team']);
  const close = (details: MoveDetails) => checkMove('open', 'close', team, details);
  expect(close({ nextStep: 'Voir la mairie.' })).toMatchObject({ code: 'reason-missing' });
  expect(close({ reason: 'because', nextStep: 'Voir la mairie.' })).toMatchObject({ code: 'reason-missing' });
  expect(close({ reason: 'oriented', nextStep: '   ' })).toMatchObject({ code: 'next-step-missing' });
  expect(close({ reason: 'oriented', nextStep: 'x'.repeat(1001) })).toMatchObject({ code: 'next-step-too-long' });
});

test('one offer fewer brings the request back only when nobody else is being asked', () => {
  const partner = new Set<RequestRole>(['partner']);
  const refused = (offersLeft: number) => checkMove('offered', 'refuse', partner, { reason: 'full', offersLeft });
  expect(refused(1)).toEqual({ ok: true, value: 'offered' });
  expect(refused(0)).toEqual({ ok: true, value: 'open' });
});

test('a new account’s first words wait for a human', () => {
  expect(checkMove('draft', 'submit', new Set(['person']), { waitsForReview: true })).toMatchObject({
    value: 'moderation'
  });
});

test('from every state in which something is owed, somebody can bring the request to an end', () => {
  for (const state of REQUEST_STATES.filter((one) => MOVE_RULES.take.from.includes(one))) {
    const seen = new Set<RequestState>([state]);
    for (const reached of seen) {
      for (const move of REQUEST_MOVES) {
        const row = TABLE[move];
        const verdict = checkMove(reached, move, new Set(row.by), row.with);
        if (verdict.ok) seen.add(verdict.value);
      }
    }
    expect(seen, state).toContain('closed');
  }
});
