import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { reading, transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept } from '@terreau/kernel/verdict';
import { expect, test } from 'vitest';
import { must, aTerritory } from '../directory/directory.fixtures.ts';
import { aTeamMember } from '../orientation/requests.fixtures.ts';
import { aStandingRequest } from '../orientation/week.fixtures.ts';
import { freezeMonth } from './freeze-month.command.ts';
import type { FrozenReport } from './frozen-report.rules.ts';
import { monthReport } from './month-report.query.ts';
import { correctMinutes, plantDossier } from './report.fixtures.ts';
import { saveMonth } from './save-month.command.ts';

const engine = await testDatabase();
const NOW = new Date('2026-11-26T10:00:00Z');

async function aFacilitator(territoryId?: Id) {
  const territory = territoryId ?? (await aTerritory(engine));
  const facilitator = contextFor(engine, await aTeamMember(engine, territory, 'facilitator'), NOW);
  return { territoryId: territory, facilitator };
}

function line(report: FrozenReport, measure: string, key: string) {
  const figure = report.sections.flatMap((section) => section.figures).find((one) => one.measure === measure)!;
  return figure.lines.find((one) => one.key === key)?.value;
}

const october = (territoryId: Id) => ({ territoryId, month: '2026-10', kind: 'page' as const });

test('my month counts hours by kind, each dossier once, and says what is missing', async () => {
  const { territoryId, facilitator } = await aFacilitator();
  const first = await plantDossier({
    territoryId,
    facilitator,
    title: 'Frigo de Bel-Air',
    kind: 'organization',
    notes: [
      { on: '2026-10-01', minutes: 75 },
      { on: '2026-10-31', minutes: 45, kind: 'call' },
      { on: '2026-11-01', minutes: 500 },
      { on: '2026-10-12', minutes: 0 }
    ]
  });
  await plantDossier({
    territoryId,
    facilitator,
    openedAt: '2026-10-10T09:00:00Z',
    moves: [{ to: 'paused', at: '2026-10-20T09:00:00Z' }]
  });
  // Stopped before the month: no longer open in it.
  await plantDossier({ territoryId, facilitator, moves: [{ to: 'interrupted', at: '2026-09-20T09:00:00Z' }] });
  const { report, titles } = (await monthReport(facilitator, october(territoryId)))!;
  expect(line(report, 'hours', 'total')).toBe(120);
  expect(line(report, 'hours', 'call')).toBe(45);
  expect(line(report, 'accompanied', 'accompanied')).toBe(1);
  expect(line(report, 'accompanied', 'organization')).toBe(1);
  expect(line(report, 'accompanied', 'open')).toBe(2);
  expect(line(report, 'dossier-moves', 'opened')).toBe(1);
  expect(line(report, 'dossier-moves', 'paused')).toBe(1);
  expect(line(report, 'dossier-moves', 'interrupted')).toBe(0);
  expect(line(report, 'meetings', 'meetings')).toBe(2);
  const hours = report.sections[0]!.figures[0]!;
  expect(hours.missing).toEqual([{ label: { fr: 'Notes sans durée', en: 'Notes without a duration' }, count: 1 }]);
  expect(hours.definition.fr).toContain('La somme des durées');
  expect(titles.get(first.id)).toBe('Frigo de Bel-Air');
});

test('a colleague’s work is not in my month, and nobody else opens mine', async () => {
  const { territoryId, facilitator } = await aFacilitator();
  const { facilitator: colleague } = await aFacilitator(territoryId);
  await plantDossier({ territoryId, facilitator, notes: [{ on: '2026-10-02', minutes: 60 }] });
  const { report, titles } = (await monthReport(colleague, october(territoryId)))!;
  expect(line(report, 'hours', 'total')).toBe(0);
  expect(titles.size).toBe(0);
  must(await saveMonth(facilitator, { territoryId, month: '2026-10', words: { comment: 'À moi', failed: null } }));
  const coordinator = contextFor(engine, await aTeamMember(engine, territoryId, 'coordinator'), NOW);
  for (const other of [colleague, coordinator]) {
    expect(await reading(other, (tx) => tx.selectFrom('report').select('id').execute())).toEqual([]);
  }
  expect(await monthReport(contextFor(engine), october(territoryId))).toBeNull();
});

test('each dossier named in a month is written down as read', async () => {
  const { territoryId, facilitator } = await aFacilitator();
  const { id } = await plantDossier({ territoryId, facilitator, notes: [{ on: '2026-10-02', minutes: 60 }] });
  await monthReport(facilitator, october(territoryId));
  const reads = await reading(facilitator, (tx) =>
    tx.selectFrom('private_read').select(['kind', 'what']).where('dossier_id', '=', id).execute()
  );
  expect(reads).toEqual([{ kind: 'report', what: 'month' }]);
});

test('requests count with their delays, of those whose time has come', async () => {
  const { territoryId, facilitator } = await aFacilitator();
  const responsibleId = facilitator.actor.accountId!;
  const at = (day: string) => new Date(`2026-10-${day}T09:00:00Z`);
  const ask = (submitted: string, answered: string | null, due = '2026-10-20T15:00:00Z') =>
    aStandingRequest(engine, {
      territoryId,
      submittedAt: at(submitted),
      responsibleId,
      answeredAt: answered ? at(answered) : null,
      answerDueAt: new Date(due)
    });
  await ask('05', '07');
  await ask('05', '28');
  await ask('06', null);
  await ask('30', null, '2026-12-20T15:00:00Z');
  const { report } = (await monthReport(facilitator, october(territoryId)))!;
  expect(['received', 'due', 'answered', 'in-time', 'median'].map((key) => line(report, 'requests', key))).toEqual([
    4, 3, 2, 1, 2
  ]);
});

test('a frozen month keeps its figures after a note is corrected, and says beside them what would change', async () => {
  const { territoryId, facilitator } = await aFacilitator();
  const { noteIds } = await plantDossier({
    territoryId,
    facilitator,
    notes: [{ on: '2026-10-02', minutes: 60 }]
  });
  const words = { comment: 'Un mois court.', failed: null };
  expect(await freezeMonth(facilitator, { territoryId, month: '2026-10' })).toMatchObject({ code: 'not-found' });
  must(await saveMonth(facilitator, { territoryId, month: '2026-10', words }));
  must(await saveMonth(facilitator, { territoryId, month: '2026-11', words }));
  expect(await freezeMonth(facilitator, { territoryId, month: '2026-11' })).toMatchObject({ code: 'period-not-over' });
  const hash = must(await freezeMonth(facilitator, { territoryId, month: '2026-10' }));
  const before = (await monthReport(facilitator, october(territoryId)))!;
  expect(before.frozen).toMatchObject({ hash, isWhole: true });
  expect(before.differences).toEqual([]);

  await correctMinutes(facilitator, noteIds[0]!, 90);
  const after = (await monthReport(facilitator, october(territoryId)))!;
  expect(after.report).toEqual(before.report);
  expect(line(after.report, 'hours', 'total')).toBe(60);
  expect(after.differences[0]).toMatchObject({ told: 60, today: 90, unit: 'minutes' });
  const again = { territoryId, month: '2026-10', words: { comment: 'Autre', failed: null } };
  expect(await saveMonth(facilitator, again)).toMatchObject({ code: 'report-frozen' });
  expect(await freezeMonth(facilitator, { territoryId, month: '2026-10' })).toMatchObject({ code: 'report-frozen' });
});

test('the database itself refuses to change a frozen report', async () => {
  const { territoryId, facilitator } = await aFacilitator();
  must(await saveMonth(facilitator, { territoryId, month: '2026-10', words: { comment: null, failed: null } }));
  must(await freezeMonth(facilitator, { territoryId, month: '2026-10' }));
  const change = transaction(operatorContext(engine), 'change', async (tx) => {
    await tx.updateTable('report').set({ comment: 'Autre chose' }).where('territory_id', '=', territoryId).execute();
    return accept();
  });
  await expect(change).rejects.toThrow('a frozen report does not change');
});
