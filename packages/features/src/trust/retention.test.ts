import { operatorContext, contextFor, testDatabase } from '@terreau/database/testing';
import { transaction } from '@terreau/database/transaction';
import type { Instant } from '@terreau/kernel/instants';
import { accept } from '@terreau/kernel/verdict';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { aTerritory, must, sentMessages } from '../directory/directory.fixtures.ts';
import { applyRetention } from './apply-retention.command.ts';
import { inactivityStep } from './retention.rules.ts';

const engine = await testDatabase();
const territoryId = await aTerritory(engine);
const origin = 'https://terreau.example';
const day = (text: string): Instant => new Date(`${text}T05:00:00Z`);
const apply = async (date: string) => must(await applyRetention(operatorContext(engine, day(date)), { origin })).counts;

async function run(statement: ReturnType<typeof sql>): Promise<void> {
  must(
    await transaction(operatorContext(engine), 'prepare', async (tx) => {
      await statement.execute(tx);
      return accept();
    })
  );
}
async function count(statement: ReturnType<typeof sql<{ n: number }>>): Promise<number> {
  return must(
    await transaction(operatorContext(engine), 'count', async (tx) => accept((await statement.execute(tx)).rows[0]!.n))
  );
}

test('an address that nobody confirmed goes after thirty days, not before', async () => {
  await run(
    sql`insert into account (name, email, email_verified, created_at) values ('U', 'u@example.org', false, '2026-01-01')`
  );
  expect((await apply('2026-01-30'))['unconfirmed-accounts']).toBeUndefined();
  expect((await apply('2026-02-01'))['unconfirmed-accounts']).toBe(1);
  expect(await count(sql`select count(*)::int as n from account where email = 'u@example.org'`)).toBe(0);
});

test('an unused account is warned twice, then erased; one visit starts it over', async () => {
  await run(sql`insert into account (name, email, email_verified, last_seen_at, created_at)
    values ('V', 'v@example.org', true, '2024-03-01', '2024-01-01'), ('W', 'w@example.org', true, '2024-03-01', '2024-01-01')`);
  expect((await apply('2025-12-20'))['warnings']).toBe(0);
  expect((await apply('2026-01-01'))['warnings']).toBe(2);
  expect((await apply('2026-01-02'))['warnings']).toBe(0);
  await run(sql`update account set last_seen_at = '2026-01-10' where email = 'w@example.org'`);
  expect((await apply('2026-02-16'))['warnings']).toBe(1);
  expect((await apply('2026-02-28'))['unused-accounts']).toBeUndefined();
  expect((await apply('2026-03-04'))['unused-accounts']).toBe(1);
  expect(await sentMessages(engine, 'v@example.org')).toEqual([]);
  expect(await sentMessages(engine, 'w@example.org')).toHaveLength(1);
  expect(await count(sql`select inactivity_warnings as n from account where email = 'w@example.org'`)).toBe(0);
});

test('nobody is erased without two warnings and two weeks after the second, whenever the job runs', () => {
  const instant = fc.date({ min: day('2020-01-01'), max: day('2030-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(
      instant,
      fc.integer({ min: 0, max: 2 }),
      fc.option(instant),
      instant,
      (lastUsedAt, warnings, warnedAt, now) => {
        if (inactivityStep({ lastUsedAt, warnings, warnedAt }, now) !== 'erase') return;
        expect(warnings).toBe(2);
        expect(now.getTime() - warnedAt!.getTime()).toBeGreaterThanOrEqual(15 * 86_400_000);
        expect(warnedAt!.getTime()).toBeGreaterThanOrEqual(lastUsedAt.getTime());
      }
    )
  );
});

test('messages lose their words after a week, files after a month, moderation its names after a year', async () => {
  await run(sql`insert into outbox (channel, recipient, template, body_text, state, created_at)
    values ('mail', 'old@example.org', 't', 'words', 'sent', '2026-03-01'), ('mail', 'due@example.org', 't', 'words', 'pending', '2026-03-01')`);
  await run(sql`insert into import_run (territory_id, preset, source, file_name, file_sha256, file_bytes, content, state, created_at)
    values (${territoryId}, 'auto', 's', 'f', 'x', 1, 'abc', 'done', '2026-03-01')`);
  await run(sql`insert into flag (territory_id, subject_kind, subject_id, reason, details, reporter_contact, received_at, decision_id)
    values (${territoryId}, 'post', ${territoryId}, 'spam', 'who', 'r@example.org', '2025-03-01', ${territoryId})`);
  await run(
    sql`insert into session (account_id, token, expires_at) select id, 'tt', '2026-03-02' from account limit 1`
  );
  await run(sql`insert into person (territory_id, display_name, last_contact_at)
    values (${territoryId}, 'Gone', '2024-03-01'), (${territoryId}, 'Here', '2026-03-01')`);
  const counts = await apply('2026-04-05');
  expect(counts).toMatchObject({ 'import-contents': 1, flags: 1, sessions: 1, 'forgotten-persons': 1 });
  expect(counts['message-bodies']).toBeGreaterThanOrEqual(1);
  expect(await count(sql`select count(*)::int as n from outbox where body_text = 'words'`)).toBe(1);
  expect(await count(sql`select count(*)::int as n from flag where reason = 'spam' and details is null`)).toBe(1);
  const again = await apply('2026-04-05');
  expect(Object.values(again).every((n) => n === 0)).toBe(true);
});

test('only the platform itself applies retention', async () => {
  expect(await applyRetention(contextFor(engine), { origin })).toMatchObject({ code: 'not-found' });
});
