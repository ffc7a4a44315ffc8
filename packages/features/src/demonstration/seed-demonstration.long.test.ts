import { reading } from '@terreau/database/transaction';
import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { expect, test } from 'vitest';
import { balanceOf, totalsOf } from '../funding/budget.rules.ts';
import { reportLinesOf } from '../funding/financial-report-rows.ts';
import { asksWhy } from '../funding/financial-report.rules.ts';
import { ownWeek } from '../orientation/own-week.query.ts';
import { openReportLink } from '../support/open-report-link.command.ts';
import { searchSupports } from '../orientation/search-supports.query.ts';
import type { SupportSheet } from '../orientation/support-sheet.query.ts';
import { supportDrift } from '../orientation/support-templates.query.ts';
import { findTerritory } from '../territories/find-territory.query.ts';
import { portrait } from '../territories/portrait.query.ts';
import { readSettings } from '../territories/read-settings.query.ts';
import { demonstration } from './demonstration.ts';
import { seedDemonstration } from './seed-demonstration.command.ts';

const engine = await testDatabase();
const PASSWORD = 'valbrune-se-visite-librement';

/** A whole territory with a year of notes is written, on a machine that does other things. */
const MADE_WITHIN_MS = 180_000;

test(
  'Valbrune is made once, with its six neighbourhoods, its sheets in every state and an account for each role',
  { timeout: MADE_WITHIN_MS },
  async () => {
    const made = await seedDemonstration(operatorContext(engine), PASSWORD, 'https://demo.example');
    expect(made).toMatchObject({ ok: true, value: { slug: 'valbrune' } });
    expect(await seedDemonstration(operatorContext(engine), PASSWORD)).toMatchObject({
      ok: false,
      code: 'already-there'
    });

    const visitor = contextFor(engine);
    const territory = await findTerritory(visitor, 'valbrune');
    expect(territory).toMatchObject({ name: 'Valbrune', isDemonstration: true });
    const settings = await readSettings(visitor, territory!.id);
    expect(settings.contact?.phone).toBe('04 65 71 00 10');

    const seen = await portrait(visitor, territory!.id);
    expect(seen.neighbourhoods).toHaveLength(6);
    expect(new Set(seen.priorityNeighbourhoods.map(({ vintage }) => vintage))).toEqual(new Set([2015, 2024]));
    const published = demonstration().organizations.filter(({ publication }) => publication === 'published').length;
    expect(seen.directory.organizations).toBe(published);
    expect(seen.directory.fresh).toBeLessThan(published);

    const roles = await reading(operatorContext(engine), (tx) =>
      tx.selectFrom('role_grant').select('role').distinct().execute()
    );
    expect(roles).toHaveLength(11);
  }
);

test('six facilitators follow forty dossiers in every state, none of which goes on without a next contact', async () => {
  const dossiers = await reading(operatorContext(engine), (tx) =>
    tx.selectFrom('dossier').select(['id', 'state', 'next_contact_on', 'opened_by']).execute()
  );
  expect(dossiers).toHaveLength(40);
  expect(new Set(dossiers.map((dossier) => dossier.opened_by)).size).toBe(6);
  expect(new Set(dossiers.map((dossier) => dossier.state)).size).toBe(13);
  const goingOn = dossiers.filter(({ state }) => !['redirected', 'interrupted', 'check-up-24'].includes(state));
  expect(goingOn.filter((dossier) => dossier.next_contact_on === null)).toEqual([]);
  const notes = await reading(operatorContext(engine), (tx) =>
    tx
      .selectFrom('note')
      .innerJoin('dossier', 'dossier.id', 'note.dossier_id')
      .select((select) => select.fn.countAll<string>().as('all'))
      .executeTakeFirstOrThrow()
  );
  expect(Number(notes.all)).toBeGreaterThan(200);
});

test('each dossier whose state implies a plan has one, and nothing is left open where the accompaniment has ended', async () => {
  const dossiers = await reading(operatorContext(engine), (tx) =>
    tx
      .selectFrom('dossier')
      .select((select) => [
        select.fn.coalesce('paused_from', 'state').as('state'),
        select
          .selectFrom('plan_action')
          .select((action) => action.fn.countAll<string>().as('n'))
          .whereRef('plan_action.dossier_id', '=', 'dossier.id')
          .as('actions'),
        select
          .selectFrom('plan_action')
          .select((action) => action.fn.countAll<string>().as('n'))
          .whereRef('plan_action.dossier_id', '=', 'dossier.id')
          .where('state', 'in', ['proposed', 'under-way', 'blocked'])
          .as('open')
      ])
      .execute()
  );
  const without = ['orienting', 'redirected', 'accepted', 'diagnosis', 'interrupted'];
  for (const { state, actions, open } of dossiers) {
    expect({ state, hasPlan: Number(actions) > 0 }).toEqual({ state, hasPlan: !without.includes(state) });
    if (['closed', 'check-up-12', 'check-up-24'].includes(state)) expect(Number(open)).toBe(0);
  }
});

test('two missions of experts stand at different stages, one with what both sides say of it', async () => {
  const missions = await reading(operatorContext(engine), (tx) =>
    tx
      .selectFrom('expert_mission')
      .select((select) => [
        'delivered_on',
        'ended_at',
        select
          .selectFrom('expert_feedback')
          .select((said) => said.fn.countAll<string>().as('n'))
          .whereRef('mission_id', '=', 'expert_mission.id')
          .as('said')
      ])
      .orderBy('chosen_on', 'desc')
      .execute()
  );
  expect(missions).toMatchObject([
    { delivered_on: null, ended_at: null, said: '0' },
    { ended_at: expect.any(Date), said: '2' }
  ]);
});

test('two committees: one that met, with minutes of each dossier, one to come, each dossier with the consent of its structure', async () => {
  const items = await reading(operatorContext(engine), (tx) =>
    tx
      .selectFrom('committee_item as item')
      .innerJoin('committee', 'committee.id', 'item.committee_id')
      .select([
        'committee.held_on',
        'item.minutes',
        'item.consented_on',
        'committee.agenda_on',
        'item.consented_member_id'
      ])
      .execute()
  );
  const today = new Date().toISOString().slice(0, 10);
  expect(items).toHaveLength(4);
  for (const item of items) {
    expect(item.consented_member_id).not.toBeNull();
    expect(item.consented_on < item.agenda_on).toBe(true);
    expect(item.minutes !== null).toBe(item.held_on < today);
  }
});

test('the facilitator of Les Tilleuls finds her week: three calls, a request at day four, two answers, a meeting', async () => {
  const ctx = operatorContext(engine);
  const territory = (await findTerritory(ctx, 'valbrune'))!;
  const account = await reading(ctx, (tx) =>
    tx
      .selectFrom('account')
      .select('id')
      .where('email', '=', 'accompagnement-tilleuls@valbrune.example')
      .executeTakeFirstOrThrow()
  );
  const grants = [{ role: 'facilitator', territoryId: territory.id, organizationId: null } as const];
  const facilitator = contextFor(engine, { accountId: account.id, grants, trust: 'verified', isOperator: false });
  const week = (await ownWeek(facilitator, territory.id, territory.timeZone))!;
  expect(week.contacts.total).toBe(3);
  expect(week.requests.lines.some(({ day, withinDays }) => day === 4 && withinDays === 5)).toBe(true);
  expect(week.answers.total).toBe(2);
  expect(week.meeting).not.toBeNull();

  const mails = await reading(ctx, (tx) => tx.selectFrom('outbox').select('body_text').execute());
  expect(mails.filter(({ body_text }) => body_text.includes('https://demo.example/replies/')).length).toBeGreaterThan(
    3
  );
});

test('its catalogue holds more than 150 sheets of all seven kinds, some stale, one past its deadline, one adopted', async () => {
  const visitor = contextFor(engine);
  const territory = await findTerritory(visitor, 'valbrune');
  const items: SupportSheet[] = [];
  let after: string | undefined;
  do {
    const page = await searchSupports(visitor, { territoryId: territory!.id, limit: 100, ...(after ? { after } : {}) });
    items.push(...page.items);
    after = page.next ?? undefined;
  } while (after);
  const counts = Object.fromEntries(
    [...Map.groupBy(items, ({ kind }) => kind)].map(([kind, sheets]) => [kind, sheets.length])
  );
  console.log(items.length, counts, items.filter(({ followed }) => !followed).length);
  expect(items.length).toBeGreaterThanOrEqual(150);
  expect(Object.keys(counts)).toHaveLength(7);
  expect(items.filter(({ followed }) => followed === null).length).toBeGreaterThanOrEqual(60);
  const own = items.filter(({ followed, kind }) => followed === null && kind === 'funding');
  expect(own.filter(({ standing }) => standing === 'stale').length).toBeGreaterThanOrEqual(3);
  expect(own.filter(({ standing }) => standing === 'past')).toHaveLength(1);
  const adopted = own.find(({ title }) => title === 'Fonds régional des associations')!;
  const coordinator = contextFor(engine, {
    ...visitor.actor,
    grants: [{ role: 'coordinator', territoryId: territory!.id, organizationId: null }]
  });
  const drift = await supportDrift(coordinator, territory!.id, adopted.id);
  expect(drift!.fields.map(({ field, state }) => `${field}: ${state}`)).toEqual([
    'whoMay: ours-differs',
    'ceilingCents: newer',
    'conditions: newer'
  ]);
});

test('only the operator makes it', async () => {
  expect(await seedDemonstration(contextFor(engine), PASSWORD)).toMatchObject({ ok: false, code: 'not-found' });
});

test('six facilitators logged a year of coordination time, in each kind', async () => {
  const works = await reading(operatorContext(engine), (tx) =>
    tx.selectFrom('coordination_work').select(['written_by', 'kind', 'happened_on']).execute()
  );
  expect(new Set(works.map((work) => work.written_by)).size).toBe(6);
  expect(new Set(works.map((work) => work.kind)).size).toBe(6);
  expect(new Set(works.map((work) => work.happened_on.slice(0, 7))).size).toBeGreaterThanOrEqual(12);
});

test('Valbrune shows a frozen month, and a report to a funder that a secret link opens', async () => {
  const opened = await openReportLink(contextFor(engine), 'valbrune-bilan-de-demonstration1');
  if (!opened.ok) throw new Error(opened.code);
  const figures = opened.value.report.sections.flatMap((section) => section.figures);
  expect(figures.filter(({ lines }) => lines.some((line) => !line.isHidden)).length).toBeGreaterThan(5);
  expect(opened.value.failed).toContain('Les Coteaux');
  const months = await reading(operatorContext(engine), (tx) =>
    tx.selectFrom('report').select('frozen_hash').where('kind', '=', 'month').execute()
  );
  expect(months).toHaveLength(1);
});

test('three structures of Valbrune agreed to show what their support taught', async () => {
  const kept = await reading(operatorContext(engine), (tx) =>
    tx.selectFrom('support_case').select('published_at').where('consent_id', 'is not', null).execute()
  );
  expect(kept).toHaveLength(3);
});

test('a third of the dossiers have a budget: balanced or not, final, with a small version, and one report with wide gaps', async () => {
  const rows = await reading(operatorContext(engine), (tx) =>
    tx.selectFrom('budget').select(['id', 'dossier_id', 'size', 'finalised_at', 'report_done']).execute()
  );
  expect(new Set(rows.map((row) => row.dossier_id)).size).toBe(14);
  expect(rows.filter((row) => row.finalised_at).length).toBeGreaterThan(5);
  expect(rows.some((row) => row.size === 'small')).toBe(true);
  const lines = await reading(operatorContext(engine), (tx) =>
    tx.selectFrom('budget_line').select(['budget_id', 'account', 'cents']).execute()
  );
  const missing = [...Map.groupBy(lines, (line) => line.budget_id).values()].map(
    (amounts) => balanceOf(totalsOf(amounts)).missing
  );
  expect(missing).toContain(32_000);
  expect(missing).toContain(0);
  const report = rows.find((row) => row.report_done)!;
  const reported = await reading(operatorContext(engine), (tx) => reportLinesOf(tx, report));
  expect(reported.filter(asksWhy).map((line) => line.explanation !== null)).toEqual([true, true]);
});

test('its structures signed diagnoses, N to N+2, of which one count is shown; accounts that worry are owed a call', async () => {
  const found = await reading(operatorContext(engine), async (tx) => ({
    rounds: await tx
      .selectFrom('diagnosis')
      .select((select) => ['round', select.fn.countAll<string>().as('count')])
      .where('structure_signed_at', 'is not', null)
      .groupBy('round')
      .orderBy('round')
      .execute(),
    releases: await tx.selectFrom('diagnosis_release').select(['structures', 'counts']).execute(),
    calls: await tx.selectFrom('promised_contact').select('dossier_id').where('dossier_id', 'is not', null).execute(),
    years: await tx.selectFrom('key_figures').select('year').execute()
  }));
  expect(found.rounds.map(({ round }) => round)).toEqual([0, 1, 2]);
  expect(Number(found.rounds[0]!.count)).toBeGreaterThan(20);
  expect(found.releases).toHaveLength(1);
  expect(JSON.stringify(found.releases[0]!.counts)).toContain('"halves":[');
  expect(found.years.length).toBeGreaterThan(8);
  expect(found.calls.length).toBeGreaterThan(0);
});
