import { contextFor, testDatabase } from '@terreau/database/testing';
import { reading } from '@terreau/database/transaction';
import type { Context } from '@terreau/database/context';
import { sql } from 'kysely';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { aStaffMember, must } from '../directory/directory.fixtures.ts';
import { ownWeek } from '../orientation/own-week.query.ts';
import { changeSetting } from '../territories/change-setting.command.ts';
import { settingHistory } from '../territories/read-settings.query.ts';
import { DEFAULT_SETTINGS } from '../territories/settings.schema.ts';
import { findDossier } from './find-dossier.query.ts';
import { findKeyFigures } from './find-key-figures.query.ts';
import { keepCallBack } from './keep-call-back.command.ts';
import { keyFiguresSchema } from './key-figures.schema.ts';
import { saveKeyFigures } from './save-key-figures.command.ts';
import { aDossier, inCircle } from './support.fixtures.ts';

const engine = await testDatabase();
/** A Thursday: two working days later is a Monday. */
const now = new Date('2026-11-26T08:30:00Z');
const MONDAY = '2026-11-30';

/** The accounts of SC3: the first funder weighs 72 %, 24 days of cash are left. */
const WORRYING = { income: '100 000', charges: '98 550,00', cash: '6 480', source1: 'Ville', amount1: '72 000' };

async function anAssociation() {
  const accompanied = await aDossier(engine, { kind: 'project' });
  const { territoryId, dossierId, facilitator } = accompanied;
  const president = { ...(await inCircle(engine, accompanied, 'carrier')), now };
  const observer = { ...(await inCircle(engine, accompanied, 'observer')), now };
  const save = (ctx: Context, typed: Record<string, string>) =>
    saveKeyFigures(ctx, { territoryId, dossierId, ...v.parse(keyFiguresSchema, { year: '2025', ...typed }) });
  const sheet = (ctx: Context) => findKeyFigures(ctx, { territoryId, dossierId });
  return { ...accompanied, facilitator: { ...facilitator, now }, president, observer, save, sheet };
}

test('a first funder of 72 % and 24 days of cash promise the structure a call within two working days', async () => {
  const { president, facilitator, territoryId, dossierId, save, sheet } = await anAssociation();
  expect(must(await save(president, WORRYING))).toEqual({ alerts: ['K4', 'K6'], callBackOn: MONDAY });
  const seen = (await sheet(president))!;
  const figure = (code: string) => seen.years[0]!.figures.find((one) => one.code === code);
  expect(figure('K4')).toEqual({ code: 'K4', parts: [{ unit: 'permille', value: 720 }], isMarked: true });
  expect(figure('K6')).toEqual({ code: 'K6', parts: [{ unit: 'days', value: 24 }], isMarked: true });
  expect(seen.callBack).toMatchObject({ on: MONDAY });

  const monday = { ...facilitator, now: new Date(`${MONDAY}T09:00:00Z`) };
  const week = (ctx: Context) => ownWeek(ctx, territoryId, 'Europe/Paris');
  expect((await week(monday))!.contacts.lines).toMatchObject([
    {
      kind: 'call',
      promisedOn: MONDAY,
      dossierId,
      requestId: null,
      person: 'Nadia',
      sentence: 'Un atelier de réparation'
    }
  ]);
  expect((await findDossier(facilitator, territoryId, dossierId))?.nextContactOn).toBe(MONDAY);
  const contactId = seen.callBack!.id;
  const keep = (ctx: Context, outcome: 'reached' | 'postponed') =>
    keepCallBack(ctx, { territoryId, dossierId, contactId, outcome });
  expect(await keep(president, 'reached')).toMatchObject({ code: 'move-not-yours' });
  const tuesday = { ...facilitator, now: new Date('2026-12-01T09:00:00Z') };
  must(await keep(tuesday, 'postponed'));
  expect((await week(tuesday))!.contacts.lines).toMatchObject([{ promisedOn: '2026-12-01' }]);
  must(await keep(tuesday, 'reached'));
  expect((await week(tuesday))!.contacts.total).toBe(0);
  expect((await sheet(president))!.callBack).toBeNull();
});

test('neither the coordination, nor a colleague, nor a funder, nor an observer sees a figure, an alert, or that a call is promised', async () => {
  const { president, observer, territoryId, save, sheet } = await anAssociation();
  must(await save(president, WORRYING));
  const coordinator = contextFor(engine, await aStaffMember(engine, territoryId, 'coordinator'), now);
  const colleague = contextFor(engine, await aStaffMember(engine, territoryId), now);
  for (const ctx of [coordinator, colleague, observer]) {
    expect(await sheet(ctx)).toBeNull();
    const counts = await reading(ctx, (tx) =>
      sql<{ count: number }>`
        select (select count(*) from key_figures) + (select count(*) from key_figure_source)
          + (select count(*) from promised_contact)::int as count`.execute(tx)
    );
    expect(Number(counts.rows[0]!.count)).toBe(0);
    const week = await ownWeek({ ...ctx, now: new Date('2026-12-09T09:00:00Z') }, territoryId, 'Europe/Paris');
    expect(week?.contacts.total ?? 0).toBe(0);
    expect(await save(ctx, WORRYING)).toMatchObject({ code: 'not-found' });
  }
});

test('a year is typed once: again, it replaces what was said; an alert promises one call, an old year none', async () => {
  const { president, save, sheet } = await anAssociation();
  must(await save(president, WORRYING));
  expect(must(await save(president, { ...WORRYING, cash: '5 000' }))).toMatchObject({ callBackOn: MONDAY });
  expect(must(await save(president, { ...WORRYING, year: '2024' }))).toEqual({ alerts: [], callBackOn: null });
  expect((await sheet(president))!.years.map(({ year }) => year)).toEqual([2025, 2024]);
  must(await save(president, { income: '10', charges: '10', cash: '10' }));
  const { years, alerts } = (await sheet(president))!;
  expect(alerts).toEqual([]);
  expect(years[0]!.typed.sources).toEqual([]);
});

test('a territory sets its own marks, with its reason and its history; alerts, and the call that they promise, follow them', async () => {
  const { president, territoryId, save, sheet } = await anAssociation();
  const coordinator = contextFor(engine, await aStaffMember(engine, territoryId, 'coordinator'), now);
  const standard = DEFAULT_SETTINGS['figure-marks'];
  const set = (ctx: Context, marks: Record<string, unknown>) =>
    changeSetting(ctx, {
      territoryId,
      key: 'figure-marks',
      value: { ...standard, ...marks },
      reason: 'La ville finance presque tout ici.'
    });
  expect((await sheet(president))!.marks).toEqual(standard);
  expect(await set(president, {})).toMatchObject({ code: 'not-found' });
  for (const wrong of [
    { firstSourcePercent: 0 },
    { cashDays: 366 },
    { deficitsInARow: 1.5 },
    { cashDays: Number.NaN }
  ]) {
    expect(await set(coordinator, wrong)).toMatchObject({ code: 'invalid-setting' });
  }
  must(await set(coordinator, { firstSourcePercent: 75, callBackWorkingDays: 3 }));
  expect(must(await save(president, WORRYING))).toEqual({ alerts: ['K6'], callBackOn: '2026-12-01' });
  const seen = (await sheet(president))!;
  expect(seen.marks).toEqual({ ...standard, firstSourcePercent: 75, callBackWorkingDays: 3 });
  expect(seen.alerts).toEqual(['K6']);
  const [change] = await settingHistory(coordinator, territoryId);
  expect(change).toMatchObject({ key: 'figure-marks', reason: 'La ville finance presque tout ici.', setAt: now });
});

test('two deficits in a row, and equity below zero, worry; one deficit does not', async () => {
  const { president, save } = await anAssociation();
  const deficit = { income: '100', charges: '101' };
  expect(must(await save(president, { ...deficit, year: '2024' })).alerts).toEqual([]);
  expect(must(await save(president, deficit)).alerts).toEqual(['K3']);
  expect(must(await save(president, { ...deficit, income: '200', equity: '−1' })).alerts).toEqual(['K7']);
});

test('what cannot be is refused: a year that has not ended, sources above the income, a part above its whole, nothing at all', async () => {
  const { president, save } = await anAssociation();
  expect(await save(president, { ...WORRYING, year: '2026' })).toMatchObject({ code: 'year-not-ended' });
  expect(await save(president, { ...WORRYING, amount1: '100 000,01' })).toMatchObject({ code: 'sources-above-income' });
  expect(await save(president, {})).toMatchObject({ code: 'nothing-typed' });
  const issues = (typed: Record<string, string>) =>
    v
      .safeParse(keyFiguresSchema, { year: '2025', ...typed })
      .issues?.map((issue) => [issue.path?.[0]?.key, issue.message]);
  expect(issues({ jobs: '1', permanentJobs: '1,5' })).toEqual([['permanentJobs', 'more-than-whole']]);
  expect(issues({ volunteers: 'beaucoup', cash: '1,234', year: 'x' })).toEqual([
    ['year', 'malformed-year'],
    ['volunteers', 'malformed-number'],
    ['cash', 'malformed-amount']
  ]);
});
