import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { reading, transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept } from '@terreau/kernel/verdict';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { aStaffMember, must } from '../directory/directory.fixtures.ts';
import { withdrawConsent } from '../trust/withdraw-consent.command.ts';
import { caseSchema, feedbackSchema, type CaseFields } from './case.schema.ts';
import { isDiagnosisDue, momentOf, proposedContact } from './check-up.rules.ts';
import { findCase } from './find-case.query.ts';
import { dueCheckUps, findFeedback } from './find-feedback.query.ts';
import { giveFeedback } from './give-feedback.command.ts';
import { monthReport } from './month-report.query.ts';
import { publishCase } from './publish-case.command.ts';
import { findSharedCase, searchCases, similarCases } from './search-cases.query.ts';
import { aDossier, inCircle, inDays, type Accompanied } from './support.fixtures.ts';
import { withdrawCase } from './withdraw-case.command.ts';
import { writeCase } from './write-case.command.ts';

const engine = await testDatabase();

function typedCase(typed: Record<string, unknown> = {}): CaseFields {
  return v.parse(caseSchema, {
    title: 'Trouver une trésorerie qui tienne',
    situation: 'Une association aux subventions versées tard.',
    worked: 'Un calendrier des versements, vu chaque mois à deux.',
    failed: 'L’avance de la banque a été refusée.',
    shownAs: 'anonymous',
    ...typed
  });
}

async function change(dossierId: Id, set: Record<string, unknown>): Promise<void> {
  must(
    await transaction(operatorContext(engine), 'prepare', async (tx) => {
      await tx.updateTable('dossier').set(set).where('id', '=', dossierId).execute();
      return accept();
    })
  );
}

/** A dossier that chose D4 as its first priority, and works on mobility. */
async function aDossierAbout(themes: string[], item: string): Promise<Accompanied> {
  const accompanied = await aDossier(engine);
  const { territoryId, dossierId } = accompanied;
  await change(dossierId, { themes });
  must(
    await transaction(operatorContext(engine), 'prepare', async (tx) => {
      const place = { dossier_id: dossierId, territory_id: territoryId };
      await tx
        .insertInto('plan_priority')
        .values({ ...place, position: 1, item, written_at: new Date() })
        .execute();
      return accept();
    })
  );
  return accompanied;
}

test('a case is shown only once the structure said yes, and goes when it takes that back', async () => {
  const accompanied = await aDossierAbout(['mobilite--conduire'], 'D4.3');
  const { territoryId, dossierId, facilitator } = accompanied;
  const carrier = await inCircle(engine, accompanied, 'carrier');
  const colleague = contextFor(engine, await aStaffMember(engine, territoryId));
  const about = { territoryId, dossierId };
  expect(await publishCase(carrier, { ...about, channel: 'page' })).toMatchObject({ code: 'case-missing' });
  expect(await writeCase(carrier, { ...about, fields: typedCase() })).toMatchObject({ code: 'case-not-yours' });
  const id = must(await writeCase(facilitator, { ...about, fields: typedCase() }));
  expect((await searchCases(colleague, { territoryId }))?.cases).toEqual([]);
  // A yes on the page is the structure's own: nobody ticks it in its place.
  expect(await publishCase(facilitator, { ...about, channel: 'page' })).toMatchObject({ code: 'case-not-yours' });
  must(await publishCase(carrier, { ...about, channel: 'page' }));
  expect((await findSharedCase(colleague, territoryId, id))?.words.worked).toContain('calendrier');
  expect((await findCase(facilitator, territoryId, dossierId))?.consent).toMatchObject({
    channel: 'page',
    by: 'Camille'
  });
  expect(await writeCase(facilitator, { ...about, fields: typedCase() })).toMatchObject({ code: 'case-published' });
  expect(await searchCases(carrier, { territoryId })).toBeNull();
  expect(await findSharedCase((await aDossier(engine)).facilitator, territoryId, id)).toBeNull();

  must(await withdrawCase(carrier, about));
  expect(await findSharedCase(colleague, territoryId, id)).toBeNull();
  const left = await reading(operatorContext(engine), (tx) =>
    tx.selectFrom('support_case').select('id').where('id', '=', id).execute()
  );
  expect(left).toEqual([]);
});

test('a consent taken back from the page of one’s data removes the case as well', async () => {
  const accompanied = await aDossier(engine);
  const { territoryId, dossierId, facilitator } = accompanied;
  const carrier = await inCircle(engine, accompanied, 'carrier');
  must(await writeCase(facilitator, { territoryId, dossierId, fields: typedCase() }));
  must(await publishCase(carrier, { territoryId, dossierId, channel: 'page' }));
  const row = await reading(operatorContext(engine), (tx) =>
    tx.selectFrom('support_case').select('consent_id').where('dossier_id', '=', dossierId).executeTakeFirstOrThrow()
  );
  must(await withdrawConsent(carrier, { consentId: row.consent_id! }));
  expect((await searchCases(facilitator, { territoryId }))?.total).toBe(0);
});

test('an anonymous case that names somebody is refused; a named one bears the structure’s name', async () => {
  const accompanied = await aDossier(engine, { name: 'Fatoumata' });
  const { territoryId, dossierId, facilitator } = accompanied;
  const fields = typedCase({ worked: 'FATOUMATA tient les comptes.' });
  expect(await writeCase(facilitator, { territoryId, dossierId, fields })).toMatchObject({
    code: 'case-names-somebody',
    details: { name: 'Fatoumata' }
  });
  expect(
    await writeCase(facilitator, { territoryId, dossierId, fields: typedCase({ worked: '', failed: '' }) })
  ).toMatchObject({ code: 'case-empty' });
  const id = must(await writeCase(facilitator, { territoryId, dossierId, fields: typedCase({ shownAs: 'named' }) }));
  // Whoever carries it has no account: the yes was spoken.
  must(await publishCase(facilitator, { territoryId, dossierId, channel: 'oral' }));
  expect((await findSharedCase(facilitator, territoryId, id))?.name).toBe('Un atelier de réparation');
});

test('a case is found by theme and by dimension, and offered to a dossier with the same, with the reason', async () => {
  const first = await aDossierAbout(['mobilite--conduire'], 'D4.3');
  const { territoryId, facilitator } = first;
  must(await writeCase(facilitator, { ...first, fields: typedCase() }));
  must(await publishCase(facilitator, { ...first, channel: 'paper' }));
  const count = async (search: { theme?: string; dimension?: string }) =>
    (await searchCases(facilitator, { territoryId, ...search }))!.total;
  expect(await count({ theme: 'mobilite' })).toBe(1);
  expect(await count({ theme: 'numerique' })).toBe(0);
  expect(await count({ dimension: 'D4' })).toBe(1);
  expect(await count({ dimension: 'D5' })).toBe(0);

  const other = await aDossierAbout(['mobilite'], 'D4.1');
  await change(first.dossierId, { territory_id: other.territoryId });
  must(
    await transaction(operatorContext(engine), 'prepare', async (tx) => {
      await tx.updateTable('support_case').set({ territory_id: other.territoryId }).execute();
      return accept();
    })
  );
  const similar = await similarCases(other.facilitator, other.territoryId, other.dossierId);
  expect(similar.map(({ because }) => because)).toEqual([{ dimensions: ['D4'], themes: ['mobilite'] }]);
  expect(await similarCases(facilitator, territoryId, other.dossierId)).toEqual([]);
});

test('a case begins with what is already known, so that nobody types it again', async () => {
  const accompanied = await aDossier(engine);
  const { territoryId, dossierId, facilitator } = accompanied;
  must(
    await transaction(operatorContext(engine), 'prepare', async (tx) => {
      const place = { dossier_id: dossierId, territory_id: territoryId };
      await tx
        .insertInto('dossier_fact')
        .values({ ...place, key: 'idea.sentence', value: 'Réparer les vélos', said_at: new Date() })
        .execute();
      const action = { ...place, kind: 'structure', written_at: new Date(), updated_at: new Date() };
      await tx
        .insertInto('plan_action')
        .values([
          { ...action, what: 'Tenir un stand', state: 'done', success_sign: 'Dix vélos', state_changed_at: new Date() },
          {
            ...action,
            what: 'Louer un local',
            state: 'abandoned',
            state_changed_at: new Date(),
            written_at: new Date(Date.now() + 1000)
          }
        ])
        .execute();
      return accept();
    })
  );
  expect((await findCase(facilitator, territoryId, dossierId))?.words).toMatchObject({
    situation: 'Réparer les vélos',
    tried: 'Tenir un stand\nLouer un local',
    worked: 'Dix vélos',
    failed: 'Louer un local'
  });
});

test('at the end a check-up is proposed twelve months later, then at twenty-four; the diagnosis again after a year', () => {
  const dossier = { closedOn: null, nextContactOn: '2026-12-01' };
  expect(proposedContact({ ...dossier, state: 'review' }, '2026-11-26')).toBe('2027-11-26');
  expect(proposedContact({ ...dossier, state: 'closed', closedOn: '2026-02-28' }, '2027-03-01')).toBe('2028-02-28');
  expect(proposedContact({ ...dossier, state: 'under-way' }, '2026-11-26')).toBe('2026-12-01');
  const begun = new Date('2025-11-26T09:00:00Z');
  expect(isDiagnosisDue(begun, new Date('2026-11-25T09:00:00Z'))).toBe(false);
  expect(isDiagnosisDue(begun, new Date('2026-11-26T09:00:00Z'))).toBe(true);
  expect(isDiagnosisDue(null, begun)).toBe(false);
  expect(momentOf('review', null, '2026-11-26')).toBe('closing');
  expect(momentOf('closed', '2026-11-01', '2026-11-26')).toBe('closing');
  expect(momentOf('closed', '2026-05-01', '2026-11-26')).toBe('6');
  expect(momentOf('closed', '2025-12-10', '2026-11-26')).toBe('12');
  expect(momentOf('check-up-12', '2024-11-01', '2026-11-26')).toBe('24');
  expect(momentOf('under-way', null, '2026-11-26')).toBeNull();
});

test('a check-up shows in the week when it comes, and what the structure says is kept and counted', async () => {
  const accompanied = await aDossier(engine);
  const { territoryId, dossierId, facilitator } = accompanied;
  const carrier = await inCircle(engine, accompanied, 'carrier');
  const fields = v.parse(feedbackSchema, { useful: 'yes', holds: 'partly', again: 'yes', words: 'Merci.' });
  expect(await giveFeedback(carrier, { territoryId, dossierId, fields })).toMatchObject({ code: 'not-the-time' });
  await change(dossierId, {
    state: 'closed',
    closed_at: new Date(Date.now() - 365 * 86_400_000),
    next_contact_on: inDays(3)
  });
  expect(await dueCheckUps(facilitator, territoryId)).toMatchObject([{ id: dossierId, months: 12, isLate: false }]);
  expect(await dueCheckUps(carrier, territoryId)).toEqual([]);
  expect(must(await giveFeedback(carrier, { territoryId, dossierId, fields }))).toBe('12');
  // Said again: the last word counts.
  must(await giveFeedback(facilitator, { territoryId, dossierId, fields: { ...fields, useful: 'partly' } }));
  const sheet = await findFeedback(facilitator, territoryId, dossierId);
  expect(sheet?.given).toMatchObject([{ moment: '12', useful: 'partly', channel: 'spoken' }]);
  const stranger = contextFor(engine, await aStaffMember(engine, territoryId));
  expect(await findFeedback(stranger, territoryId, dossierId)).toBeNull();
  const month = inDays(0).slice(0, 7);
  const { report } = (await monthReport(facilitator, { territoryId, month, kind: 'page' }))!;
  const figure = report.sections[0]!.figures.find(({ measure }) => measure === 'feedback')!;
  expect(Object.fromEntries(figure.lines.map(({ key, value }) => [key, value]))).toMatchObject({
    asked: 1,
    told: 1,
    useful: 0,
    'useful-partly': 1,
    again: 1
  });
});
