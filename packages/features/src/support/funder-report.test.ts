import type { Context } from '@terreau/database/context';
import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { reading, transaction } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { plusDays } from '@terreau/kernel/instants';
import { accept } from '@terreau/kernel/verdict';
import { expect, test } from 'vitest';
import { aTerritory, must } from '../directory/directory.fixtures.ts';
import { aTeamMember } from '../orientation/requests.fixtures.ts';
import { beginReport } from './begin-report.command.ts';
import { changeReportTemplate } from './change-report-template.command.ts';
import { createReportTemplate } from './create-report-template.command.ts';
import { findReportTemplate } from './find-report-template.query.ts';
import { findReport } from './find-report.query.ts';
import { freezeReport } from './freeze-report.command.ts';
import type { FrozenReport } from './frozen-report.rules.ts';
import { listReports } from './list-reports.query.ts';
import { makeReportLink } from './make-report-link.command.ts';
import { openReportLink } from './open-report-link.command.ts';
import type { MeasureCode } from './report-measures.rules.ts';
import { correctMinutes, plantDossier } from './report.fixtures.ts';
import { revokeReportLink } from './revoke-report-link.command.ts';
import { teamReport } from './team-report.query.ts';
import { writeReport } from './write-report.command.ts';

const engine = await testDatabase();
const NOW = new Date('2026-11-26T10:00:00Z');

interface Place {
  readonly territoryId: Id;
  readonly coordinator: Context;
  readonly facilitator: Context;
  readonly north: Id;
  readonly south: Id;
}

async function aPlace(): Promise<Place> {
  const territoryId = await aTerritory(engine);
  const coordinator = contextFor(engine, await aTeamMember(engine, territoryId, 'coordinator'), NOW);
  const facilitator = contextFor(engine, await aTeamMember(engine, territoryId, 'facilitator'), NOW);
  const [north, south] = [newId(), newId()];
  must(
    await transaction(operatorContext(engine, NOW), 'plant', async (tx) => {
      await tx
        .insertInto('neighbourhood')
        .values([
          { id: north, territory_id: territoryId, slug: 'nord', name: 'Nord' },
          { id: south, territory_id: territoryId, slug: 'sud', name: 'Sud' }
        ])
        .execute();
      return accept();
    })
  );
  return { territoryId, coordinator, facilitator, north, south };
}

/** `count` dossiers, each with one note of an hour on that day. */
async function dossiersSeen(place: Place, count: number, on: string, neighbourhoodId: Id, themes: string[] = []) {
  const planted = [];
  for (let nth = 0; nth < count; nth += 1) {
    planted.push(await plantDossier({ ...place, neighbourhoodId, themes, notes: [{ on, minutes: 60 }] }));
  }
  return planted;
}

async function aTemplate(
  { territoryId, coordinator }: Place,
  measures: MeasureCode[],
  filter: { themes?: string[]; neighbourhoodId?: Id | null; qpv?: 2024 | null } = {}
): Promise<Id> {
  const templateId = must(await createReportTemplate(coordinator, { territoryId, title: 'Contrat de ville' }));
  const section = { id: newId(), title: 'Axe 1', measures, themes: [], neighbourhoodId: null, qpv: null, ...filter };
  const change = { kind: 'add-section' as const, section };
  must(await changeReportTemplate(coordinator, { territoryId, templateId, version: 1, change }));
  return templateId;
}

async function aReport(place: Place, templateId: Id, from: string, to: string): Promise<Id> {
  const { territoryId, coordinator } = place;
  const reportId = must(await beginReport(coordinator, { territoryId, templateId, title: 'Bilan 2026', from, to }));
  const words = { comment: null, failed: 'La permanence du jeudi est restée vide.', nothingFailedBecause: null };
  must(await writeReport(coordinator, { territoryId, reportId, version: 1, words, answers: new Map() }));
  return reportId;
}

function values(report: FrozenReport, measure: MeasureCode): Record<string, number | null> {
  const figure = report.sections.flatMap(({ figures }) => figures).find((one) => one.measure === measure)!;
  return Object.fromEntries(figure.lines.map((line) => [line.label.fr, line.value]));
}

const reportOf = async ({ territoryId, coordinator }: Place, reportId: Id) =>
  (await findReport(coordinator, { territoryId, reportId }))!;

test('a coordinator composes what a funder asks, and reports begun before keep what was asked then', async () => {
  const place = await aPlace();
  const { territoryId, coordinator } = place;
  const templateId = await aTemplate(place, ['accompanied']);
  const reportId = await aReport(place, templateId, '2026-01-01', '2026-06-30');
  const text = { id: newId(), title: 'En quoi est-ce utile ?', maxCharacters: 200 };
  const change = { kind: 'add-text' as const, text };
  must(await changeReportTemplate(coordinator, { territoryId, templateId, version: 2, change }));
  expect(await changeReportTemplate(coordinator, { territoryId, templateId, version: 2, change })).toMatchObject({
    code: 'changed-meanwhile'
  });
  expect((await findReportTemplate(coordinator, { territoryId, templateId }))?.texts).toEqual([text]);
  expect((await reportOf(place, reportId)).texts).toEqual([]);
  const empty = must(await createReportTemplate(coordinator, { territoryId, title: 'Vide' }));
  const begin = { territoryId, templateId: empty, title: 'Bilan', from: '2026-01-01', to: '2026-06-30' };
  expect(await beginReport(coordinator, begin)).toMatchObject({ code: 'template-empty' });
  expect(await beginReport(coordinator, { ...begin, templateId, to: '2025-01-01' })).toMatchObject({
    code: 'period-malformed'
  });
});

test('an answer longer than its room is refused, not cut', async () => {
  const place = await aPlace();
  const { territoryId, coordinator } = place;
  const templateId = await aTemplate(place, ['accompanied']);
  const text = { id: newId(), title: 'En quoi est-ce utile ?', maxCharacters: 100 };
  const change = { kind: 'add-text' as const, text };
  must(await changeReportTemplate(coordinator, { territoryId, templateId, version: 2, change }));
  const reportId = await aReport(place, templateId, '2026-01-01', '2026-06-30');
  const words = { comment: null, failed: null, nothingFailedBecause: null };
  const request = { territoryId, reportId, version: 2, words, answers: new Map([[text.id, 'a'.repeat(101)]]) };
  expect(await writeReport(coordinator, request)).toMatchObject({ code: 'answer-too-long', details: { max: 100 } });
  must(await writeReport(coordinator, { ...request, answers: new Map([[text.id, 'a'.repeat(100)]]) }));
});

test('nobody but the coordination opens a funder’s report: not a facilitator, not the funder', async () => {
  const place = await aPlace();
  const { territoryId } = place;
  const reportId = await aReport(place, await aTemplate(place, ['hours']), '2026-01-01', '2026-06-30');
  const funder = contextFor(engine, await aTeamMember(engine, territoryId, 'facilitator'), NOW);
  const elsewhere = await aPlace();
  for (const other of [place.facilitator, funder, elsewhere.coordinator, contextFor(engine)]) {
    expect(await findReport(other, { territoryId, reportId })).toBeNull();
    expect(await listReports(other, { territoryId })).toBeNull();
    expect(await teamReport(other, { territoryId, month: null })).toBeNull();
    expect(await freezeReport(other, { territoryId, reportId })).toMatchObject({ code: 'not-found' });
    expect(await reading(other, (tx) => tx.selectFrom('report').select('id').execute())).toEqual([]);
  }
});

test('a report is frozen only once it says what did not work, or why there is nothing to say', async () => {
  const place = await aPlace();
  const { territoryId, coordinator } = place;
  const templateId = await aTemplate(place, ['hours']);
  const begin = { territoryId, templateId, title: 'Bilan', from: '2026-01-01', to: '2026-06-30' };
  const reportId = must(await beginReport(coordinator, begin));
  expect(await freezeReport(coordinator, { territoryId, reportId })).toMatchObject({ code: 'failed-missing' });
  const words = { comment: null, failed: 'Ceci', nothingFailedBecause: 'cela' };
  const write = { territoryId, reportId, version: 1, words, answers: new Map<string, string>() };
  expect(await writeReport(coordinator, write)).toMatchObject({ code: 'failed-or-nothing' });
  must(await writeReport(coordinator, { ...write, words: { ...words, failed: null } }));
  must(await freezeReport(coordinator, { territoryId, reportId }));
  expect(await writeReport(coordinator, { ...write, version: 2 })).toMatchObject({ code: 'report-frozen' });
  const current = must(await beginReport(coordinator, { ...begin, to: '2026-12-31' }));
  expect(await freezeReport(coordinator, { territoryId, reportId: current })).toMatchObject({
    code: 'period-not-over'
  });
});

test('fewer than five structures are not shown, nor what would give them by subtraction', async () => {
  const place = await aPlace();
  await dossiersSeen(place, 8, '2026-02-03', place.north);
  await dossiersSeen(place, 2, '2026-02-03', place.south);
  const measures: MeasureCode[] = ['accompanied-by-neighbourhood', 'hours-by-neighbourhood'];
  const reportId = await aReport(place, await aTemplate(place, measures), '2026-01-01', '2026-06-30');
  const { report } = await reportOf(place, reportId);
  expect(values(report, 'accompanied-by-neighbourhood')).toEqual({ Accompagnés: 10, Nord: null, Sud: null });
  expect(values(report, 'hours-by-neighbourhood')).toEqual({ Total: 600, Nord: null, Sud: null });
});

test('no figure under five is worked out from the difference of two reports', async () => {
  const place = await aPlace();
  const { territoryId, coordinator } = place;
  await dossiersSeen(place, 9, '2026-02-03', place.north);
  await dossiersSeen(place, 2, '2026-07-03', place.north);
  const templateId = await aTemplate(place, ['accompanied', 'hours']);
  const first = await aReport(place, templateId, '2026-01-01', '2026-06-30');
  must(await freezeReport(coordinator, { territoryId, reportId: first }));
  // Two open dossiers were not seen yet: the figure that people look for stays, its denominator goes.
  expect(values((await reportOf(place, first)).report, 'accompanied')).toMatchObject({
    Accompagnés: 9,
    'Ouverts dans la période': null
  });
  const second = await aReport(place, templateId, '2026-01-01', '2026-07-31');
  // Nine in June, eleven in July: the two who came in between would be alone.
  expect(values((await reportOf(place, second)).report, 'hours')['Total']).toBeNull();
  must(await freezeReport(coordinator, { territoryId, reportId: second }));
  const told = (await reportOf(place, second)).report;
  expect(values(told, 'accompanied')['Accompagnés']).toBeNull();
  expect(values(told, 'hours')['Total']).toBeNull();
  // A narrower report of the same months gives them no more away.
  const narrow = await aTemplate(place, ['accompanied'], { neighbourhoodId: place.north });
  const third = await aReport(place, narrow, '2026-01-01', '2026-07-31');
  expect(values((await reportOf(place, third)).report, 'accompanied')['Accompagnés']).toBeNull();
});

test('a frozen report tells the same figures for ever; the staff sees beside them what would change', async () => {
  const place = await aPlace();
  const { territoryId, coordinator, facilitator } = place;
  const planted = await dossiersSeen(place, 6, '2026-02-03', place.north);
  const reportId = await aReport(place, await aTemplate(place, ['hours', 'accompanied']), '2026-01-01', '2026-06-30');
  const hash = must(await freezeReport(coordinator, { territoryId, reportId }));
  const before = await reportOf(place, reportId);
  await correctMinutes(facilitator, planted[0]!.noteIds[0]!, 120);
  const after = await reportOf(place, reportId);
  expect(after.report).toEqual(before.report);
  expect(after.frozen).toMatchObject({ hash, isWhole: true });
  expect(values(after.report, 'hours')['Total']).toBe(360);
  expect(after.differences.map(({ told, today }) => [told, today])).toContainEqual([360, 420]);
});

test('a section holds to its theme, and says which dossiers have none', async () => {
  const place = await aPlace();
  await dossiersSeen(place, 6, '2026-02-03', place.north, ['mobilite--conduire']);
  await dossiersSeen(place, 7, '2026-02-03', place.north, ['numerique']);
  await dossiersSeen(place, 5, '2026-02-03', place.south);
  const templateId = await aTemplate(place, ['accompanied'], { themes: ['mobilite'] });
  const { report } = await reportOf(place, await aReport(place, templateId, '2026-01-01', '2026-06-30'));
  expect(values(report, 'accompanied')['Accompagnés']).toBe(6);
  expect(report.sections[0]!.narrowedTo?.fr).toBe('Thèmes : Mobilité');
  expect(report.sections[0]!.figures[0]!.missing).toEqual([
    { label: { fr: 'Dossiers sans thème', en: 'Dossiers without a theme' }, count: 5 }
  ]);
});

test('a funder is never told that a project pauses or stopped', async () => {
  const place = await aPlace();
  const { territoryId, coordinator } = place;
  for (const state of ['paused', 'interrupted']) {
    for (let nth = 0; nth < 6; nth += 1) {
      await plantDossier({
        ...place,
        notes: [{ on: '2026-02-03', minutes: 60 }],
        moves: [{ to: state, at: '2026-03-01T09:00:00Z' }]
      });
    }
  }
  const templateId = await aTemplate(place, ['accompanied']);
  const section = {
    id: newId(),
    title: 'Vie',
    measures: ['dossier-moves' as const],
    themes: [],
    neighbourhoodId: null,
    qpv: null
  };
  const change = { kind: 'add-section' as const, section };
  expect(await changeReportTemplate(coordinator, { territoryId, templateId, version: 2, change })).toMatchObject({
    code: 'measures-missing'
  });
  const reportId = await aReport(place, templateId, '2026-01-01', '2026-06-30');
  must(await freezeReport(coordinator, { territoryId, reportId }));
  const told = JSON.stringify((await reportOf(place, reportId)).report);
  expect(told).not.toMatch(/pause|arrêt|stopp|interrupt/i);
});

test('a secret link opens a frozen report without an account, until it is stopped or too old', async () => {
  const place = await aPlace();
  const { territoryId, coordinator } = place;
  await dossiersSeen(place, 6, '2026-02-03', place.north);
  const reportId = await aReport(place, await aTemplate(place, ['hours']), '2026-01-01', '2026-06-30');
  const make = { territoryId, reportId, label: 'Préfecture', days: 30 };
  expect(await makeReportLink(coordinator, make)).toMatchObject({ code: 'report-not-frozen' });
  must(await freezeReport(coordinator, { territoryId, reportId }));
  const token = must(await makeReportLink(coordinator, make));
  const stored = await reading(operatorContext(engine, NOW), (tx) =>
    tx.selectFrom('report_link').select('token_hash').where('report_id', '=', reportId).executeTakeFirstOrThrow()
  );
  expect(stored.token_hash).not.toContain(token);

  const stranger = contextFor(engine, undefined, NOW);
  const shared = must(await openReportLink(stranger, token));
  expect(shared.failed).toBe('La permanence du jeudi est restée vide.');
  expect(values(shared.report, 'hours')['Total']).toBe(360);
  // Nobody chose to be named to everybody.
  expect(shared.names.size).toBe(0);
  must(await openReportLink(stranger, token));
  const [link] = (await reportOf(place, reportId)).links;
  expect(link).toMatchObject({ label: 'Préfecture', openings: 2, revokedAt: null });

  const gone = { code: 'not-found' };
  expect(await openReportLink({ ...stranger, now: plusDays(NOW, 31) }, token)).toMatchObject(gone);
  expect(await openReportLink(stranger, `${token.slice(1)}A`)).toMatchObject(gone);
  expect(await openReportLink(stranger, reportId)).toMatchObject(gone);
  expect(await revokeReportLink(place.facilitator, { territoryId, reportId, linkId: link!.id })).toMatchObject(gone);
  must(await revokeReportLink(coordinator, { territoryId, reportId, linkId: link!.id }));
  expect(await openReportLink(stranger, token)).toMatchObject(gone);
});

test('the team’s month adds everybody together and names nobody', async () => {
  const place = await aPlace();
  const other = contextFor(engine, await aTeamMember(engine, place.territoryId, 'facilitator'), NOW);
  await dossiersSeen(place, 5, '2026-10-03', place.north);
  await dossiersSeen({ ...place, facilitator: other }, 6, '2026-10-04', place.south);
  const { report } = (await teamReport(place.coordinator, { territoryId: place.territoryId, month: '2026-10' }))!;
  expect(values(report, 'hours')['Total']).toBe(660);
  for (const { actor } of [place.facilitator, other]) {
    expect(JSON.stringify(report)).not.toContain(actor.accountId);
  }
});
