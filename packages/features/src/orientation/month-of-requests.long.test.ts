import { VISITOR, type Actor } from '@terreau/database/context';
import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { reading } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { plusDays } from '@terreau/kernel/instants';
import { expect, test } from 'vitest';
import { aSheet, aTerritory, must } from '../directory/directory.fixtures.ts';
import { answerOffer } from './answer-offer.command.ts';
import { followRequests } from './follow-requests.command.ts';
import { keepPromise } from './keep-promise.command.ts';
import { moveRequest, type MoveRequest, type PlainMove } from './move-request.command.ts';
import { offerRequest } from './offer-request.command.ts';
import { promiseContact } from './promise-contact.command.ts';
import type { OfferAnswer } from './request-life.rules.ts';
import { aRequest, aTeamMember, offerRows, ORIGIN, promiseRows, type AskedRequest } from './requests.fixtures.ts';

/*
 * A month of requests, and the month in which the last of them ends, with a clock that the test moves. Before
 * each round a naive reading of the tables says which words must leave; after it exactly those have left.
 */

const engine = await testDatabase();
/** UTC: by night nothing leaves. */
const TICK_HOURS = [2, 8, 14];
/** Two months of rounds, each read twice: on a busy machine too. */
const MONTH_MILLISECONDS = 300_000;
const ARRIVAL_DAYS = 31;
const ALL_DAYS = 64;

for (const [name, start] of [
  ['late March, when an hour is lost', '2026-03-02'],
  ['late October, when an hour comes twice', '2026-10-01']
] as const) {
  test(
    `a month of requests across ${name}: no reminder to whoever owes nothing, none lost, none twice`,
    async () => {
      const world = await aWorld(new Date(`${start}T00:00:00Z`));
      for (let day = 0; day < ALL_DAYS; day += 1) {
        const morning = plusDays(world.start, day);
        if (day < ARRIVAL_DAYS) await world.arrive(morning, day);
        for (const hour of TICK_HOURS) {
          const now = new Date(morning.getTime() + hour * 3_600_000);
          if (hour === 14) await world.act(now);
          await world.round(now);
        }
      }
      await world.judge();
    },
    MONTH_MILLISECONDS
  );
}

/** What happens to each request, by the number of days since it came; several requests live each of these lives. */
type Life = (world: Acting, request: AskedRequest, age: number) => Promise<unknown> | undefined;
interface Acting {
  move(request: AskedRequest, what: PlainMove, more?: Partial<MoveRequest>): Promise<unknown>;
  offer(request: AskedRequest, ...structures: number[]): Promise<unknown>;
  reply(request: AskedRequest, structure: number, answer: OfferAnswer, reason?: string): Promise<unknown>;
  promise(request: AskedRequest, inDays: number): Promise<unknown>;
  keep(request: AskedRequest, outcome: string): Promise<unknown>;
}
const CLOSE = { reason: 'answered', nextStep: 'La recyclerie vous attend jeudi.' };

const LIVES: Life[] = [
  () => undefined,
  (world, request, age) => (age === 1 ? world.move(request, 'take') : undefined),
  (world, request, age) => {
    if (age === 2) return world.move(request, 'answer', { reason: 'by-phone' });
    return age === 6 ? world.move(request, 'close', CLOSE) : undefined;
  },
  (world, request, age) => (age === 3 ? world.move(request, 'answer', { reason: 'in-person' }) : undefined),
  (world, request, age) => (age === 1 ? world.offer(request, 0, 1) : undefined),
  (world, request, age) => {
    if (age === 1) return world.offer(request, 2);
    if (age === 4) return world.reply(request, 2, 'accept');
    return age === 20 ? world.reply(request, 2, 'done') : undefined;
  },
  (world, request, age) => {
    if (age === 2) return world.offer(request, 3);
    return age === 5 ? world.reply(request, 3, 'accept') : undefined;
  },
  (world, request, age) => (age === 2 ? world.offer(request, 4) : undefined),
  (world, request, age) => {
    if (age === 1) return world.promise(request, 14);
    if (age === 15) return world.keep(request, 'reached');
    return age === 18 ? world.move(request, 'close', CLOSE) : undefined;
  },
  (world, request, age) => (age === 1 ? world.promise(request, 3) : undefined),
  (world, request, age) => (age === 4 ? world.move(request, 'withdraw', { code: request.code }) : undefined),
  (world, request, age) => {
    if (age === 1) return world.offer(request, 5, 6);
    return age === 3 ? world.reply(request, 5, 'refuse', 'full') : undefined;
  },
  (world, request, age) => {
    if (age === 1) return world.move(request, 'close', CLOSE);
    return age === 12 ? world.move(request, 'reopen', { code: request.code }) : undefined;
  }
];

/** The one who asks never reads the same way twice in a row: mail, text message, telephone, visit. */
const REACHED = ['mail', 'sms', 'phone', 'visit'] as const;

async function aWorld(start: Date) {
  const territoryId = await aTerritory(engine);
  const coordinator = await aTeamMember(engine, territoryId, 'coordinator');
  const facilitator = await aTeamMember(engine, territoryId, 'facilitator');
  const structures = await Promise.all(
    // The fifth has no address: the team telephones.
    Array.from({ length: 7 }, async (_, n) => {
      const email = n === 4 ? '' : `s${n}-${territoryId}@example.org`;
      return { id: await aSheet(engine, territoryId, { name: `Structure ${n}`, email }), email };
    })
  );
  const lived: { request: AskedRequest; life: Life; day: Date }[] = [];
  const oracle = anOracle(territoryId, new Map([[facilitator.accountId!, facilitator.email]]), coordinator.email);
  let rounds = 0;

  const acting = (now: Date): Acting => {
    const as = (actor: Actor) => contextFor(engine, actor, now);
    const at = (request: AskedRequest) => ({ territoryId, requestId: request.id });
    return {
      move: async (request, what, more = {}) =>
        must(
          await moveRequest(as(more.code ? VISITOR : facilitator), {
            ...at(request),
            move: what,
            origin: ORIGIN,
            ...more
          })
        ),
      offer: async (request, ...which) =>
        must(
          await offerRequest(as(facilitator), {
            ...at(request),
            recipients: which.map((n) => ({ organizationId: structures[n]!.id })),
            sharedFields: ['sentence'],
            agreement: 'oral',
            message: null,
            origin: ORIGIN
          })
        ),
      reply: async (request, n, answer, reason) => {
        const organizationId = structures[n]!.id;
        const offers = await offerRows(engine, request.id);
        const offerId = offers.find((offer) => offer.organization_id === organizationId)!.id;
        const member = {
          ...VISITOR,
          accountId: facilitator.accountId,
          grants: [{ role: 'organization-member', territoryId, organizationId }]
        } as const;
        const by = { ...at(request), offerId };
        return must(await answerOffer(as(member), { by, answer, reason: reason ?? null, origin: ORIGIN }));
      },
      promise: async (request, days) => {
        const on = localDay(plusDays(now, days));
        return must(await promiseContact(as(facilitator), { ...at(request), kind: 'call', on, note: null }));
      },
      keep: async (request, outcome) => {
        const open = (await promiseRows(engine, request.id)).find((row) => row.done_at === null)!;
        return must(await keepPromise(as(facilitator), { ...at(request), contactId: open.id, outcome }));
      }
    };
  };

  return {
    start,
    /** One request a day, two on some; at any hour, by night and on Sundays too. */
    async arrive(morning: Date, day: number) {
      for (let n = 0; n <= (day % 3 === 0 ? 1 : 0); n += 1) {
        const count = lived.length;
        const now = new Date(morning.getTime() + ((count * 7) % 24) * 3_600_000 + 1);
        const life = LIVES[count % LIVES.length]!;
        const request = await aRequest(engine, territoryId, now, {
          state: count % 11 === 10 ? 'moderation' : 'open',
          reachedBy: REACHED[count % REACHED.length]!,
          email: `p${count}-${territoryId}@example.org`
        });
        lived.push({ request, life: count % 11 === 10 ? LIVES[0]! : life, day: morning });
      }
    },
    async act(now: Date) {
      for (const { request, life, day } of lived) {
        const age = Math.floor((now.getTime() - day.getTime()) / 86_400_000);
        await life(acting(now), request, age);
      }
    },
    async round(now: Date) {
      const expected = await oracle.expect(now);
      must(await followRequests(operatorContext(engine, now), { origin: ORIGIN }));
      expect(await oracle.sent(now), now.toISOString()).toEqual(expected);
      rounds += 1;
      // The same round again, as after a process that died: nothing leaves twice.
      if (rounds % 10 === 0) {
        const before = await oracle.count();
        must(await followRequests(operatorContext(engine, now), { origin: ORIGIN }));
        expect(await oracle.count()).toBe(before);
      }
    },
    async judge() {
      const states = await oracle.states();
      console.info(
        `${start.toISOString().slice(0, 7)}: ${lived.length} requests, ${rounds} rounds;`,
        oracle.totals,
        states
      );
      expect(await oracle.asleep()).toBe(0);
      expect(await oracle.withoutSurvey()).toBe(0);
      expect(await oracle.silentlyClosed()).toBe(0);
    }
  };
}

/** A calendar day in Paris, written differently from the product's own. */
function localDay(instant: Date): string {
  return instant.toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' });
}
const hourIn = (instant: Date) => Number(instant.toLocaleTimeString('sv-SE', { timeZone: 'Europe/Paris' }).slice(0, 2));
const daysFrom = (day: string, now: Date) => (Date.parse(localDay(now)) - Date.parse(day)) / 86_400_000;

/** Reads the tables as somebody with a pencil would, and says who must hear a word now. */
function anOracle(territoryId: Id, emails: ReadonlyMap<string, string>, coordinator: string) {
  const heard = new Map<string, number>();
  const totals: Record<string, number> = {};

  async function rows(now: Date) {
    return reading(operatorContext(engine, now), async (tx) => {
      const requests = await tx.selectFrom('request').selectAll().where('territory_id', '=', territoryId).execute();
      const moves = await tx.selectFrom('request_move').selectAll().where('territory_id', '=', territoryId).execute();
      const offers = await tx
        .selectFrom('request_offer')
        .innerJoin('organization', 'organization.id', 'request_offer.organization_id')
        .selectAll('request_offer')
        .select('organization.email')
        .where('request_offer.territory_id', '=', territoryId)
        .execute();
      const promises = await tx
        .selectFrom('promised_contact')
        .selectAll()
        .where('territory_id', '=', territoryId)
        .where('done_at', 'is', null)
        .execute();
      return { requests, moves, offers, promises };
    });
  }

  /** A debt since `day`: the words to hear are one each ten days; one is due if fewer were heard. */
  function owes(words: string[], key: string, day: string, now: Date, word: string) {
    const due = Math.floor(daysFrom(day, now) / 10);
    const full = `${key} since ${day}`;
    if (due <= (heard.get(full) ?? 0)) return;
    heard.set(full, due);
    words.push(word);
  }

  return {
    totals,
    async expect(now: Date): Promise<string[]> {
      const words: string[] = [];
      if (hourIn(now) < 8 || hourIn(now) >= 20) return words;
      const { requests, moves, offers, promises } = await rows(now);
      for (const request of requests) {
        const id = request.id;
        const to = (request.responsible_id && emails.get(request.responsible_id)) || coordinator;
        const own = offers.filter((offer) => offer.request_id === id);
        const over = own.filter((offer) => offer.state === 'pending' && daysFrom(localDay(offer.offered_at), now) > 18);
        for (const _ of over) words.push(`request-expired → ${to}`);
        const waiting = own.filter((offer) => offer.state === 'pending' && !over.includes(offer));
        const state = over.length > 0 && waiting.length === 0 ? 'open' : request.state;
        const last = moves.filter((row) => row.request_id === id).map((row) => row.moved_at);
        const moved = over.length > 0 ? now : new Date(Math.max(request.submitted_at!.getTime(), ...last.map(Number)));
        const promised = promises
          .filter((row) => row.request_id === id)
          .map((row) => row.promised_on)
          .sort()
          .at(-1);
        if (['open', 'offered', 'accepted'].includes(state) && !promised && daysFrom(localDay(moved), now) >= 30) {
          for (const offer of waiting) if (offer.email) words.push(`request-offer-withdrawn → ${offer.email}`);
          continue;
        }
        const late =
          ['moderation', 'open', 'offered'].includes(state) && !request.answered_at && request.answer_due_at! < now;
        if (late && !heard.has(`${id} late ${request.answer_due_at!.toISOString()}`)) {
          heard.set(`${id} late ${request.answer_due_at!.toISOString()}`, 1);
          words.push(`request-late → ${coordinator}`);
        }
        const acceptedOnes = own.filter((offer) => offer.state === 'accepted');
        const byPhone = (state === 'offered' ? waiting : acceptedOnes).filter((offer) => !offer.email);
        const teamOwes = state === 'moderation' || state === 'open' || (state === 'offered' && !request.answered_at);
        if (promised) owes(words, `${id} v${request.version} team`, promised, now, `request-owed → ${to}`);
        else if (teamOwes) owes(words, `${id} v${request.version} team`, localDay(moved), now, `request-owed → ${to}`);
        else if (byPhone.length > 0) {
          const day = localDay(byPhone[0]!.answered_at ?? byPhone[0]!.offered_at);
          owes(words, `${id} v${request.version} team`, day, now, `request-owed → ${to}`);
        }
        if (state === 'offered') {
          for (const offer of waiting)
            if (offer.email)
              owes(words, `${offer.id} reply`, localDay(offer.offered_at), now, `request-offer → ${offer.email}`);
        }
        for (const offer of acceptedOnes) {
          if (offer.email)
            owes(words, `${offer.id} follow`, localDay(offer.answered_at!), now, `request-follow-up → ${offer.email}`);
        }
      }
      return words.sort();
    },
    /** What left to the team and to the structures in the round of `now`. */
    async sent(now: Date): Promise<string[]> {
      const templates = [
        'request-expired',
        'request-late',
        'request-owed',
        'request-offer',
        'request-follow-up',
        'request-offer-withdrawn'
      ];
      const found = await reading(operatorContext(engine, now), (tx) =>
        tx
          .selectFrom('outbox')
          .select(['template', 'recipient', 'once_key'])
          .where('territory_id', '=', territoryId)
          .where('created_at', '=', now)
          .where('template', 'in', templates)
          .execute()
      );
      // The team's and the partners' own gestures of the same instant carry no key of a round.
      const ofRound = found.filter(
        (row) => /:(expired|late|owed-\d+)/.test(row.once_key ?? '') || row.template === 'request-offer-withdrawn'
      );
      for (const row of ofRound) totals[row.template] = (totals[row.template] ?? 0) + 1;
      return ofRound.map((row) => `${row.template} → ${row.recipient}`).sort();
    },
    count: async () => {
      const { rows: counted } = await engine.pool.query<{ count: string }>('select count(*) from outbox');
      return Number(counted[0]!.count);
    },
    async states(): Promise<Record<string, number>> {
      const { requests } = await rows(new Date());
      return Object.fromEntries(
        [...new Set(requests.map((row) => row.state))].map((state) => [
          state,
          requests.filter((row) => row.state === state).length
        ])
      );
    },
    /** Requests that have neither ended nor a human who owes them a promised word or a first reading. */
    async asleep(): Promise<number> {
      return countWhere(`state in ('open', 'offered', 'accepted') and moved_at < (select max(created_at) from outbox) - interval '31 days'
        and not exists (select from promised_contact c where c.request_id = r.id and c.done_at is null)`);
    },
    /** Requests that ended more than a week ago and whose person nobody asked. */
    async withoutSurvey(): Promise<number> {
      return countWhere(`state in ('done', 'closed') and state_changed_at < (select max(created_at) from outbox) - interval '9 days'
        and not exists (select from request_survey s where s.request_id = r.id)`);
    },
    /** Closed without a next step, or without a word or a promised call to the person. */
    async silentlyClosed(): Promise<number> {
      return countWhere(`state = 'closed' and (next_step is null or not exists (
        select from outbox o where o.once_key like 'request:' || r.id || ':%:closed') and not exists (
        select from promised_contact c where c.request_id = r.id and c.note like 'Votre demande est close%' or
          c.request_id = r.id and c.note like 'Rien ne s’est passé%'))`);
    }
  };

  async function countWhere(condition: string): Promise<number> {
    return (
      await engine.pool.query<{ n: number }>(
        `select count(*)::int as n from request r where r.territory_id = '${territoryId}' and ${condition}`
      )
    ).rows[0]!.n;
  }
}
