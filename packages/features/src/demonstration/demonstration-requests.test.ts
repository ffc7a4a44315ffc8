import { isCodeOf, PUBLICS, THEMES } from '@terreau/formats/vocabulary';
import { plusDays } from '@terreau/kernel/instants';
import { describe, expect, test } from 'vitest';
import { checkMove, REQUEST_STATES, type RequestRole } from '../orientation/request-life.rules.ts';
import { demonstration } from './demonstration.ts';
import { demonstrationRequests } from './demonstration-requests.ts';
import { historyOf, sentAt } from './request-history.rules.ts';

const requests = demonstrationRequests();
const { accounts, organizations } = demonstration();
const zone = 'Europe/Paris';
/** Any day of a week, before and after a change of hour, at night and at noon. */
const days = Array.from({ length: 14 }, (_, index) => plusDays(new Date('2026-03-22T01:30:00Z'), index * 1.3));

describe('what people of Valbrune ask', () => {
  test('there are requests in every state and by every way in, some of people without mail, some of whom nothing is known but that they come', () => {
    expect(requests.length).toBeGreaterThanOrEqual(40);
    expect(new Set(requests.map(({ state }) => state))).toEqual(new Set(REQUEST_STATES));
    expect(new Set(requests.map(({ channel }) => channel))).toEqual(
      new Set(['page', 'counter', 'telephone', 'street'])
    );
    const withoutMail = requests.filter(({ contact }) => contact === 'phone' || contact === 'visit');
    expect(withoutMail.length).toBeGreaterThan(requests.length / 2);
    expect(requests.some(({ contact }) => contact === 'visit')).toBe(true);
  });

  test('open requests wait for one, four, five and seven working days, whatever the day', () => {
    const waiting = requests.filter(({ state, answeredDaysAgo }) => state === 'open' && answeredDaysAgo === undefined);
    const ages = new Set(waiting.map(({ sentWorkingDaysAgo }) => sentWorkingDaysAgo));
    for (const age of [1, 4, 5, 7]) expect(ages).toContain(age);
    for (const now of days) for (const request of requests) expect(sentAt(request, now, zone) <= now).toBe(true);
  });

  test('each came to its state by moves that the rules allow, in the order of time, by whoever may make them', () => {
    for (const now of days) {
      for (const request of requests) {
        let at = new Date(0);
        for (const move of historyOf(request, now, zone)) {
          const roles = new Set<RequestRole>([move.as === 'team' ? 'responsible' : move.as, ...team(move.as)]);
          const details = {
            reason: move.reason,
            nextStep: request.nextStep ?? null,
            waitsForReview: move.as === 'person'
          };
          const verdict = checkMove(move.from, move.move, roles, details);
          expect(verdict, `${request.sentence}: ${move.move}`).toMatchObject({ ok: true });
          expect(move.at >= at, `${request.sentence}: ${move.move}`).toBe(true);
          expect(move.at <= now).toBe(true);
          at = move.at;
        }
      }
    }
  });

  test('the surveys have a denominator: of those asked some have not answered, and not all are content', () => {
    const asked = requests.flatMap(({ survey }) => survey ?? []);
    const answered = asked.filter(({ answeredDaysAgo }) => answeredDaysAgo !== undefined);
    expect(asked.length).toBeGreaterThanOrEqual(10);
    expect(answered.length).toBeLessThan(asked.length);
    expect(new Set(answered.map(({ wasUseful }) => wasUseful))).toEqual(new Set(['yes', 'partly', 'no']));
    for (const request of requests) {
      if (request.survey) expect(['done', 'closed']).toContain(request.state);
    }
  });

  test('structures, accounts, themes and publics exist; an offer has somebody who made it', () => {
    for (const request of requests) {
      for (const { to } of request.offers ?? []) expect(organizations.map(({ key }) => key)).toContain(to);
      if (request.responsible) expect(accounts.map(({ key }) => key)).toContain(request.responsible);
      if ((request.offers ?? []).length > 0) expect(request.responsible).toBeDefined();
      for (const theme of request.themes ?? []) expect(isCodeOf(THEMES, theme), theme).toBe(true);
      for (const code of request.publics ?? []) expect(isCodeOf(PUBLICS, code), code).toBe(true);
    }
  });

  test('one first name each, and no two requests with the same words', () => {
    for (const { firstName } of requests) expect(firstName ?? 'Personne').toMatch(/^\p{Lu}\p{L}+(-\p{Lu}\p{L}+)?$/u);
    expect(new Set(requests.map(({ sentence }) => sentence)).size).toBe(requests.length);
  });
});

/** Whoever of the team reads a request or types it at the counter. */
function team(as: string): RequestRole[] {
  return as === 'team' ? ['team'] : [];
}
