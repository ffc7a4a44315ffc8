import { VISITOR } from '@terreau/database/context';
import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { reading } from '@terreau/database/transaction';
import { plusDays } from '@terreau/kernel/instants';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { confirmByLink } from './confirm-by-link.command.ts';
import { confirmOrganization } from './confirm-organization.command.ts';
import { aSheet, aTerritory, anAccount, must, sentMessages } from './directory.fixtures.ts';
import { findByConfirmLink } from './find-by-confirm-link.query.ts';
import {
  CONFIRM_LINK_DAYS,
  confirmedNow,
  freshness,
  PROMISE_MONTHS,
  REMINDER_LEAD_DAYS,
  roundOwed,
  STALE_GRACE_DAYS
} from './freshness.rules.ts';
import { refreshFreshness } from './refresh-freshness.command.ts';

const engine = await testDatabase();
const territoryId = await aTerritory(engine);
const start = new Date('2026-01-10T09:00:00Z');
const origin = 'https://terreau.example';

test('a sheet is confirmed until the month that its author promised, then stale', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...PROMISE_MONTHS),
      fc.date({ min: start, max: plusDays(start, 4000), noInvalidDate: true }),
      (months, now) => {
        const dates = confirmedNow(months, now);
        const sheet = { confirmedAt: dates.confirmed_at, staleAt: dates.stale_at };
        expect(freshness(sheet, now)).toBe('confirmed');
        expect(freshness(sheet, plusDays(sheet.staleAt, -1))).toBe('due');
        expect(freshness(sheet, sheet.staleAt)).toBe('stale');
      }
    )
  );
  expect(freshness({ confirmedAt: null, staleAt: null }, start)).toBe('unconfirmed');
});

test('nothing leaves orientation before its author was told and had the whole time to answer', () => {
  const staleAt = plusDays(start, 100);
  const told = plusDays(staleAt, 40);
  const owed = (day: number, remindedAt: Date | null) =>
    roundOwed({ staleAt, remindedAt, dormantAt: null }, plusDays(start, day));
  expect(owed(100 - REMINDER_LEAD_DAYS - 1, null)).toBeNull();
  expect(owed(100 - REMINDER_LEAD_DAYS, null)).toBe('soon');
  expect(owed(100 + STALE_GRACE_DAYS + 300, null)).toBe('stale');
  expect(owed(100 + STALE_GRACE_DAYS, told)).toBeNull();
  expect(owed(140 + STALE_GRACE_DAYS, told)).toBe('dormant');
});

test('the author gets one mail before the date, one after, one when it leaves orientation; a second round in a day sends nothing', async () => {
  const email = 'rounds@example.org';
  const id = await aSheet(engine, territoryId, { name: 'Atelier vélo', email, promiseMonths: '1' }, null, start);
  const round = async (day: number) =>
    must(await refreshFreshness(operatorContext(engine, plusDays(start, day)), { origin }));
  await round(1);
  expect(await sentMessages(engine, email)).toHaveLength(0);
  for (const day of [18, 18, 32, 32, 60, 95, 95, 130]) await round(day);
  const messages = await sentMessages(engine, email);
  expect(messages.map((message) => message.template)).toEqual([
    'directory-confirm-soon',
    'directory-confirm-stale',
    'directory-confirm-dormant'
  ]);
  expect(await state(id)).toMatchObject({ status: 'published', dormant_at: plusDays(start, 95) });

  const token = /\/confirm\/(\S+)/.exec(messages[2]!.body_text)![1]!;
  const visitor = contextFor(engine, VISITOR, plusDays(start, 131));
  expect(await findByConfirmLink(visitor, token)).toMatchObject({ name: 'Atelier vélo' });
  expect(await state(id)).toMatchObject({ confirmed_at: start });
  must(await confirmByLink(visitor, { token }));
  expect(await state(id)).toMatchObject({ confirmed_at: visitor.now, dormant_at: null });
  // A double tap harms nothing.
  must(await confirmByLink(visitor, { token }));
});

test('a link that was replaced, that is too old, or that somebody invented opens nothing', async () => {
  const email = 'links@example.org';
  const id = await aSheet(engine, territoryId, { email, promiseMonths: '1' }, null, start);
  for (const day of [20, 40]) await refreshFreshness(operatorContext(engine, plusDays(start, day)), { origin });
  const [first, second] = (await sentMessages(engine, email)).map(
    (sent) => /\/confirm\/(\S+)/.exec(sent.body_text)![1]!
  );
  const on = (day: number) => contextFor(engine, VISITOR, plusDays(start, day));
  for (const [token, day] of [
    [first!, 41],
    [second!, 40 + CONFIRM_LINK_DAYS],
    ['x'.repeat(43), 41],
    ['', 41]
  ] as const) {
    expect(await confirmByLink(on(day), { token })).toMatchObject({ ok: false, code: 'link-unknown' });
    expect(await findByConfirmLink(on(day), token)).toBeNull();
  }
  expect(await state(id)).toMatchObject({ confirmed_at: start });
});

test('a sheet without any address is counted, so that somebody telephones', async () => {
  const elsewhere = await aTerritory(engine);
  await aSheet(engine, elsewhere, { promiseMonths: '1' }, null, start);
  const before = must(await refreshFreshness(operatorContext(engine, plusDays(start, 200)), { origin }));
  expect(before.withoutAddress).toBeGreaterThanOrEqual(1);
});

test('only the platform runs the round, and only those who may edit confirm', async () => {
  const author = await anAccount(engine);
  const organizationId = await aSheet(engine, territoryId, {}, author, start);
  expect(await refreshFreshness(contextFor(engine, author), { origin })).toMatchObject({
    ok: false,
    code: 'not-allowed'
  });
  const request = { territoryId, organizationId, promiseMonths: 3 as const };
  const stranger = contextFor(engine, await anAccount(engine));
  expect(await confirmOrganization(stranger, request)).toMatchObject({ ok: false, code: 'not-found' });
  must(await confirmOrganization(contextFor(engine, author, plusDays(start, 30)), request));
  expect(await state(organizationId)).toMatchObject({ promise_months: 3, stale_at: new Date('2026-05-09T09:00:00Z') });
});

function state(id: string) {
  return reading(operatorContext(engine), (tx) =>
    tx
      .selectFrom('organization')
      .select(['status', 'confirmed_at', 'stale_at', 'dormant_at', 'promise_months'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
  );
}
