import { expect, test } from 'vitest';
import {
  answerDueAt,
  basketOf,
  closesByItself,
  endOfDelay,
  isLate,
  remindersEarned,
  whoOwes,
  workingDaysWaited,
  type RequestClock
} from './request-delays.rules.ts';

const VALBRUNE = { timeZone: 'Europe/Paris', departement: null };
const at = (text: string) => new Date(text);

test('somebody answers before 17:00 of the fifth working day, on the walls of the territory', () => {
  // A Wednesday in summer: the next one, 17:00 in Paris is 15:00 UTC.
  expect(answerDueAt(at('2026-07-01T08:00:00Z'), VALBRUNE, 5)).toEqual(at('2026-07-08T15:00:00Z'));
  // 23:30 on a Friday in Paris is still Friday there, Saturday nowhere.
  expect(answerDueAt(at('2026-07-03T21:30:00Z'), VALBRUNE, 5)).toEqual(at('2026-07-10T15:00:00Z'));
  const reunion = { timeZone: 'Indian/Reunion', departement: '974' };
  expect(answerDueAt(at('2026-07-01T21:00:00Z'), reunion, 5)).toEqual(at('2026-07-09T13:00:00Z'));
});

test('a change of hour between the two moves nothing: it is 17:00 before and after', () => {
  expect(answerDueAt(at('2026-03-26T10:00:00Z'), VALBRUNE, 5)).toEqual(at('2026-04-02T15:00:00Z'));
  expect(answerDueAt(at('2026-10-22T10:00:00Z'), VALBRUNE, 5)).toEqual(at('2026-10-29T16:00:00Z'));
});

test('holidays are those of the département: Good Friday is one in Strasbourg only', () => {
  const strasbourg = { timeZone: 'Europe/Paris', departement: '67' };
  expect(answerDueAt(at('2026-03-30T10:00:00Z'), VALBRUNE, 5)).toEqual(at('2026-04-07T15:00:00Z'));
  expect(answerDueAt(at('2026-03-30T10:00:00Z'), strasbourg, 5)).toEqual(at('2026-04-08T15:00:00Z'));
});

test('on the day it is sent a request has waited 0 days; the week-end adds none', () => {
  const sent = at('2026-07-03T08:00:00Z');
  const waited = (now: string) => workingDaysWaited(sent, at(now), VALBRUNE);
  expect([waited('2026-07-03T20:00:00Z'), waited('2026-07-05T20:00:00Z'), waited('2026-07-06T06:00:00Z')]).toEqual([
    0, 0, 1
  ]);
});

const clock = (more: Partial<RequestClock>): RequestClock => ({
  state: 'open',
  movedAt: at('2026-07-01T08:00:00Z'),
  answeredAt: null,
  promisedOn: null,
  offers: [],
  ...more
});
const offer = (id: string, more = {}) =>
  ({
    id,
    state: 'pending',
    offeredAt: at('2026-07-02T08:00:00Z'),
    answeredAt: null,
    hasAddress: true,
    ...more
  }) as const;
const owes = (request: RequestClock) => whoOwes(request).map((debt) => `${debt.by}:${debt.what}`);

test('the person who asks owes nothing, and neither does anybody once it is over', () => {
  for (const state of ['draft', 'done', 'closed', 'withdrawn'] as const) expect(owes(clock({ state }))).toEqual([]);
});

test('whoever was asked owes a reply; whoever refused, or was not chosen, owes nothing', () => {
  const offers = [offer('a'), offer('b', { state: 'refused' }), offer('c', { state: 'withdrawn' })];
  expect(owes(clock({ state: 'offered', offers }))).toEqual(['team:answer', 'partner:reply']);
  expect(owes(clock({ state: 'offered', offers, answeredAt: at('2026-07-02T08:00:00Z') }))).toEqual(['partner:reply']);
  expect(owes(clock({ state: 'accepted', offers: [offer('a', { state: 'accepted' })] }))).toEqual([
    'partner:follow-up'
  ]);
});

test('an actor to whom nobody can write owes nothing: the team owes the call', () => {
  const offers = [offer('a', { hasAddress: false })];
  expect(owes(clock({ state: 'accepted', offers: [offer('a', { state: 'accepted', hasAddress: false })] }))).toEqual([
    'team:call-partner'
  ]);
  expect(owes(clock({ state: 'offered', offers, answeredAt: at('2026-07-02T08:00:00Z') }))).toEqual([
    'team:call-partner'
  ]);
});

test('a promised call stands in place of what the team owes, from its day on', () => {
  const [debt, ...others] = whoOwes(clock({ promisedOn: '2026-07-20' }));
  expect(others).toEqual([]);
  expect(debt).toMatchObject({ by: 'team', what: 'promise' });
  expect(remindersEarned(debt!.since, at('2026-07-19T10:00:00Z'), 10, VALBRUNE)).toBe(0);
  expect(remindersEarned(debt!.since, at('2026-07-30T10:00:00Z'), 10, VALBRUNE)).toBe(1);
});

test('a reminder is earned every ten days of the calendar, changes of hour included', () => {
  expect(remindersEarned(at('2026-03-22T12:00:00Z'), at('2026-04-01T05:00:00Z'), 10, VALBRUNE)).toBe(1);
  expect(remindersEarned(at('2026-03-22T12:00:00Z'), at('2026-03-31T21:59:00Z'), 10, VALBRUNE)).toBe(0);
  // In late October the tenth day comes an hour later than ten times 24 hours.
  expect(remindersEarned(at('2026-10-16T22:30:00Z'), at('2026-10-26T22:30:00Z'), 10, VALBRUNE)).toBe(0);
  expect(remindersEarned(at('2026-10-16T22:30:00Z'), at('2026-10-26T23:00:00Z'), 10, VALBRUNE)).toBe(1);
});

test('baskets at 9, 21 and 45 days', () => {
  expect([0, 8, 9, 20, 21, 44, 45, 400].map((days) => basketOf(days, [9, 21, 45]))).toEqual([
    null,
    null,
    9,
    9,
    21,
    21,
    45,
    45
  ]);
});

test('late is when nobody has spoken to the person in time, and never once somebody has', () => {
  const due = at('2026-07-08T15:00:00Z');
  const late = (
    state: 'moderation' | 'open' | 'offered' | 'accepted' | 'closed',
    answeredAt: Date | null,
    now: string
  ) => isLate({ state, answeredAt, answerDueAt: due }, at(now));
  expect(late('open', null, '2026-07-08T15:00:00Z')).toBe(false);
  expect(late('open', null, '2026-07-08T15:00:01Z')).toBe(true);
  expect(late('moderation', null, '2026-07-09T15:00:00Z')).toBe(true);
  expect(late('open', at('2026-07-02T08:00:00Z'), '2026-07-09T15:00:00Z')).toBe(false);
  expect(late('closed', null, '2026-07-09T15:00:00Z')).toBe(false);
});

test('a request closes by itself after thirty days, but not in moderation nor while a promise stands', () => {
  const closes = (more: Partial<RequestClock>, now: string) => closesByItself(clock(more), at(now), VALBRUNE, 30);
  expect(closes({}, '2026-07-30T22:00:00Z')).toBe(true);
  expect(closes({}, '2026-07-30T21:00:00Z')).toBe(false);
  expect(closes({ state: 'moderation' }, '2026-09-30T22:00:00Z')).toBe(false);
  expect(closes({ promisedOn: '2026-07-10' }, '2026-09-30T22:00:00Z')).toBe(false);
});

test('a delay ends with its last day, whatever the hour at which it began', () => {
  expect(endOfDelay(at('2026-03-20T09:00:00Z'), 18, VALBRUNE)).toEqual(at('2026-04-07T21:59:59.999Z'));
  expect(endOfDelay(at('2026-10-10T22:30:00Z'), 18, VALBRUNE)).toEqual(at('2026-10-29T22:59:59.999Z'));
});
