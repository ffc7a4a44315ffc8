import { writeDocx, writePdf } from '@terreau/formats/document';
import { testDatabase } from '@terreau/database/testing';
import type { Id } from '@terreau/kernel/ids';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { must } from '../directory/directory.fixtures.ts';
import { sayFacts } from '../support/say-facts.command.ts';
import { inCircle } from '../support/support.fixtures.ts';
import { financialReportPaper } from './financial-report.paper.rules.ts';
import { asksWhy, gapOf } from './financial-report.rules.ts';
import { findFinancialReport } from './find-financial-report.query.ts';
import { findGrantForm } from './find-grant-form.query.ts';
import { aBudget, line } from './funding.fixtures.ts';
import { grantFormPaper } from './grant-form.paper.rules.ts';
import { GRANT_FIELDS, GRANT_SECTIONS } from './grant-form.rules.ts';
import { writeFinancialReport } from './write-financial-report.command.ts';
import { writeGrantForm } from './write-grant-form.command.ts';

const engine = await testDatabase();

test('a gap of a tenth needs no word, a cent more does', () => {
  expect(asksWhy({ forecast: 10_000, actual: 11_000 })).toBe(false);
  expect(asksWhy({ forecast: 10_000, actual: 9_000 })).toBe(false);
  expect(asksWhy({ forecast: 10_000, actual: 11_001 })).toBe(true);
  expect(asksWhy({ forecast: 10_000, actual: 8_999 })).toBe(true);
  expect(asksWhy({ forecast: 0, actual: 0 })).toBe(false);
  expect(asksWhy({ forecast: 0, actual: 1 })).toBe(true);
  expect(asksWhy({ forecast: 10_000, actual: null })).toBe(false);
  const cents = fc.integer({ min: 0, max: 2_000_000_000 });
  fc.assert(
    fc.property(cents, cents, (forecast, actual) => {
      const [planned, came] = [BigInt(forecast), BigInt(actual)];
      const gap = came > planned ? came - planned : planned - came;
      expect(asksWhy({ forecast, actual })).toBe(10n * gap > planned);
      expect(BigInt(gapOf({ forecast, actual }).cents)).toBe(came - planned);
    })
  );
});

test('a report is made on a final budget, and closed once each gap above a tenth is explained', async () => {
  const { carrier, facilitator, territoryId, dossierId, address, sheet, write, finalise } = await aBudget(engine);
  await write(line('Outils', '60', '400'), line('Ville', '74', '400'));
  const version = async () => (await sheet()).version;
  const first = await sheet();
  const [tools, city] = first.lines.map(({ id }) => id) as [Id, Id];
  const tell = async (amounts: Record<Id, [number | null, string | null]>, isFinal = false) =>
    writeFinancialReport(carrier, {
      ...address,
      version: await version(),
      isFinal,
      actuals: new Map(Object.entries(amounts).map(([id, [cents, explanation]]) => [id, { cents, explanation }]))
    });
  expect(await tell({})).toMatchObject({ code: 'budget-not-final' });
  must(await finalise());
  must(await tell({ [tools]: [45_000, null], [city]: [40_000, null] }));
  expect(await tell({}, true)).toMatchObject({ code: 'explanation-missing', details: { label: 'Outils' } });
  const unforeseen = { account: '60' as const, label: 'Four', cents: 32_050, explanation: null };
  must(await writeFinancialReport(carrier, { ...address, version: await version(), unforeseen }));
  const why = 'Deux perceuses de plus.';
  expect(await tell({ [tools]: [45_000, why] }, true)).toMatchObject({ details: { label: 'Four' } });
  const observer = await inCircle(engine, { territoryId, dossierId, facilitator }, 'observer');
  const asObserver = { ...address, version: await version(), isFinal: true };
  expect(await writeFinancialReport(observer, asObserver)).toMatchObject({ code: 'not-found' });

  const report = (await findFinancialReport(carrier, address))!;
  expect(report.lines.map(({ label, forecast, actual }) => [label, forecast, actual])).toEqual([
    ['Outils', 40_000, 45_000],
    ['Four', 0, 32_050],
    ['Ville', 40_000, 40_000]
  ]);
  expect(report).toMatchObject({ forecast: { charges: 40_000 }, actual: { charges: 77_050, income: 40_000 } });
  const paper = financialReportPaper({ ...report, lines: report.lines }, reportWords, 'fr');
  expect(JSON.stringify(paper.blocks)).toContain('450.00');
  expect(writePdf(paper).length).toBeGreaterThan(1000);
  expect((await writeDocx(paper)).length).toBeGreaterThan(1000);
});

test('a closed report no longer changes', async () => {
  const { carrier, address, sheet, write, finalise } = await aBudget(engine);
  await write(line('Outils', '60', '400'), line('Ville', '74', '400'));
  must(await finalise());
  const { lines, version } = await sheet();
  const actuals = new Map(lines.map(({ id, cents }) => [id, { cents, explanation: null }]));
  must(await writeFinancialReport(carrier, { ...address, version, actuals, isFinal: true }));
  const again = { ...address, version: (await sheet()).version, actuals };
  expect(await writeFinancialReport(carrier, again)).toMatchObject({ code: 'report-closed' });
});

test('the grant form takes what was already said, keeps what is corrected, and its amounts are whole euros that add up', async () => {
  const { carrier, territoryId, dossierId, address, write } = await aBudget(engine);
  await write(line('Vis', '60', '10,40'), line('Colle', '60', '10,40'), line('Ville', '74', '20,80'));
  const said = new Map([['project.aim', 'Réparer plutôt que jeter']]);
  must(await sayFacts(carrier, { territoryId, dossierId, said, seen: null }));
  const periodInWords = (start: string, end: string) => `${start} – ${end}`;
  const form = async () => (await findGrantForm(carrier, address, periodInWords))!;
  const field = async (key: string) =>
    (await form()).sections.flatMap((section) => section.fields).find((one) => one.key === key);
  expect(await field('objectives')).toMatchObject({ value: 'Réparer plutôt que jeter', from: 'taken' });
  expect(await field('title')).toMatchObject({ value: 'Un atelier de réparation', from: 'taken' });
  expect(await field('dates')).toMatchObject({ value: '2026-01-01 – 2026-12-31' });
  expect((await form()).sections.map(({ key }) => key)).toEqual(GRANT_SECTIONS.map(({ key }) => key));
  const [charges, income] = (await form()).sides;
  expect(charges).toMatchObject({ lines: [{ euros: 11 }, { euros: 10 }], euros: 21 });
  expect(income?.euros).toBe(21);

  const write2 = (values: Record<string, string>) =>
    writeGrantForm(carrier, { ...address, periodInWords, written: new Map(Object.entries(values)) as never });
  expect(await write2({ objectives: 'x'.repeat(2001) })).toMatchObject({ code: 'field-too-long' });
  expect(must(await write2({ objectives: 'Réparer plutôt que jeter', title: 'L’atelier' }))).toBe(1);
  expect(await field('title')).toMatchObject({ value: 'L’atelier', from: 'said' });
  expect(await field('objectives')).toMatchObject({ from: 'taken' });
  const paper = grantFormPaper(await form(), grantWords, 'fr');
  const text = JSON.stringify(paper.blocks);
  const places = GRANT_FIELDS.map(({ key }) => text.indexOf(`"field ${key}"`));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(Math.min(...places)).toBeGreaterThan(0);
  expect(writePdf(paper).length).toBeGreaterThan(1000);
});

const euros = (cents: number) => (cents / 100).toFixed(2);
const reportWords = {
  title: 'Compte rendu financier',
  about: 'Atelier',
  footer: 'Atelier',
  notSent: 'Rien n’est envoyé.',
  side: (side: string) => side,
  columns: { line: 'Ligne', forecast: 'Prévu', actual: 'Réalisé', gap: 'Écart', share: '%' },
  total: 'Total',
  explanations: 'Pourquoi',
  texts: { done: 'Fait', public: 'Pour qui', effects: 'Effets' },
  untold: 'à dire',
  euros,
  percent: String
};
const grantWords = {
  title: 'Trame',
  about: 'Atelier',
  footer: 'Atelier',
  notSent: 'Rien n’est envoyé.',
  section: (key: string) => `section ${key}`,
  field: (key: string) => `field ${key}`,
  empty: 'à écrire',
  budget: 'Budget',
  side: (side: string) => side,
  line: 'Ligne',
  amount: 'Montant',
  total: 'Total',
  attestations: 'À attester',
  attested: ['À jour'],
  euros: String
};
