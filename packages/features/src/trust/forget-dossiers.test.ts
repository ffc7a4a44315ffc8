import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { reading, transaction } from '@terreau/database/transaction';
import { plusDays, plusMonths, type Instant } from '@terreau/kernel/instants';
import { accept } from '@terreau/kernel/verdict';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { aStaffMember, aTerritory, must, sentMessages } from '../directory/directory.fixtures.ts';
import { openDossier } from '../support/open-dossier.command.ts';
import { typedDossier, typedNote } from '../support/support.fixtures.ts';
import { writeNote } from '../support/write-note.command.ts';
import { applyRetention } from './apply-retention.command.ts';

const engine = await testDatabase();
const origin = 'https://terreau.example';
const start = new Date();
const night = async (now: Instant) => must(await applyRetention(operatorContext(engine, now), { origin }));
const read = <Row>(statement: ReturnType<typeof sql<Row>>) =>
  reading(operatorContext(engine), async (tx) => (await statement.execute(tx)).rows);

test('the circle is warned after 22 months without a contact; one contact starts it over; then the words go', async () => {
  const territoryId = await aTerritory(engine);
  const account = await aStaffMember(engine, territoryId);
  const at = (now: Instant) => contextFor(engine, account, now);
  const dossierId = must(
    await openDossier(at(start), { territoryId, fields: typedDossier({ email: 'nadia-silence@example.org' }), origin })
  );
  const note = (now: Instant) =>
    writeNote(at(now), { territoryId, dossierId, fields: typedNote({ happenedOn: now.toISOString().slice(0, 10) }) });
  must(await note(start));
  // An account that is used stays.
  must(
    await transaction(operatorContext(engine), 'prepare', async (tx) => {
      await sql`update account set email_verified = true, last_seen_at = ${plusMonths(start, 40)} where id = ${account.accountId}`.execute(
        tx
      );
      return accept();
    })
  );
  const [facilitator] = await read<{ email: string }>(sql`select email from account where id = ${account.accountId}`);
  const mails = async () => (await sentMessages(engine, facilitator!.email)).length;

  expect((await night(plusMonths(start, 21))).counts['dossiers-warned']).toBe(0);
  expect((await night(plusMonths(start, 23))).counts['dossiers-warned']).toBe(1);
  expect((await night(plusMonths(start, 23))).counts['dossiers-warned']).toBe(0);
  expect(await mails()).toBe(1);
  // Whose words they are hears of it too, without an account, and without the name of the project in a mailbox.
  const [own] = await sentMessages(engine, 'nadia-silence@example.org');
  expect(own?.body_text).toContain('tout recevoir sur papier');
  expect(own?.body_text).not.toContain('Un atelier');
  must(await note(plusDays(plusMonths(start, 23), 1)));
  expect((await night(plusMonths(start, 25))).counts).toMatchObject({ 'dossiers-warned': 0, 'dossiers-emptied': 0 });
  expect((await night(plusMonths(start, 46))).counts['dossiers-warned']).toBe(1);
  // Never sooner than thirty days after the warning, however late the job comes.
  expect((await night(plusDays(plusMonths(start, 46), 20))).counts['dossiers-emptied']).toBe(0);
  expect((await night(plusMonths(start, 48))).counts['dossiers-emptied']).toBe(1);

  const [left] = await read<Record<string, unknown>>(sql`
    select d.title, count(n.id)::int as notes, sum(n.minutes)::int as minutes, max(n.done) as done,
      (select count(*)::int from dossier_member m where m.dossier_id = d.id and m.person_id is not null) as people
    from dossier d join note n on n.dossier_id = d.id where d.id = ${dossierId} group by d.id`);
  expect(left).toEqual({ title: '(…)', notes: 2, minutes: 150, done: null, people: 0 });
  // Whoever carried it is nobody's contact any more, and goes the same way.
  await night(plusMonths(start, 48));
  expect(await read(sql`select id from person where territory_id = ${territoryId}`)).toEqual([]);
});
