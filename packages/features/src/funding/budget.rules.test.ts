import { readTable } from '@terreau/formats/read-table';
import { writeCsv } from '@terreau/formats/write-csv';
import { writeXlsx } from '@terreau/formats/write-xlsx';
import { readText } from '@terreau/formats/cells';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ACCOUNTS, sideOf } from './accounts.rules.ts';
import { BUDGET_COLUMNS, budgetRows, readBudgetRows, type TabledBudget } from './budget-table.rules.ts';
import { balanceOf, checkFinal, inWholeEuros, leadsOf, totalsOf, valueOf } from './budget.rules.ts';
import { financialYear, reminderDue, reportDueOn, standingOf } from './deadlines.rules.ts';
import { FUNDING_STATES, checkStep, heavyLines, nextStates } from './funding-life.rules.ts';

const cents = fc.integer({ min: 0, max: 2_000_000_000 });
const amount = fc.record({ account: fc.constantFrom(...ACCOUNTS), cents });

test('a budget may be final when charges equal income and contributions given equal those received, and only then', () => {
  const balanced = fc.array(amount, { minLength: 1, maxLength: 30 }).map((lines) => {
    const { missing, missingInKind } = balanceOf(totalsOf(lines));
    return [
      ...lines,
      { account: missing > 0 ? '74' : '60', cents: Math.abs(missing) },
      { account: missingInKind > 0 ? '875' : '864', cents: Math.abs(missingInKind) }
    ];
  });
  fc.assert(
    fc.property(fc.oneof(fc.array(amount, { maxLength: 30 }), balanced), (lines) => {
      // The oracle counts in whole numbers of any size, side by side.
      const sums = new Map<string, bigint>();
      for (const line of lines) {
        const side = line.account.startsWith('8') ? line.account.slice(0, 2) : line.account.slice(0, 1);
        sums.set(side, (sums.get(side) ?? 0n) + BigInt(line.cents));
      }
      const [charges, income, given, received] = ['6', '7', '86', '87'].map((side) => sums.get(side) ?? 0n);
      expect(checkFinal(lines).ok).toBe(lines.length > 0 && charges === income && given === received);
      expect(Object.values(totalsOf(lines)).map(BigInt)).toEqual([charges, income, given, received]);
      expect(BigInt(balanceOf(totalsOf(lines)).missing)).toBe(charges! - income!);
    })
  );
});

test('outils 400 €, assurance 180 € and 260 € of income: 320 € are missing, and where they could come from is said', () => {
  const lines = [
    { account: '60', label: 'Outils', cents: 40_000 },
    { account: '61', label: 'Assurance', cents: 18_000 },
    { account: '74', label: 'Ville', cents: 26_000 }
  ];
  expect(checkFinal(lines)).toMatchObject({ code: 'charges-differ', details: { cents: 32_000 } });
  expect(leadsOf(lines)).toMatchObject({
    lend: [{ label: 'Outils' }, { label: 'Assurance' }],
    ask: [{ label: 'Ville' }]
  });
  expect(checkFinal([...lines, { account: '70', cents: 32_000 }])).toMatchObject({ ok: true });
  const lent = [...lines, { account: '70', cents: 32_000 }, { account: '861', cents: 100 }];
  expect(checkFinal(lent)).toMatchObject({ code: 'contributions-differ', details: { cents: 100 } });
  expect(checkFinal([])).toMatchObject({ code: 'budget-empty' });
});

test('in whole euros, two sides that are equal stay equal, and no line moves by a euro or more', () => {
  fc.assert(
    fc.property(fc.array(cents, { minLength: 1, maxLength: 30 }), fc.integer({ min: 1, max: 5 }), (amounts, parts) => {
      const total = amounts.reduce((a, b) => a + b, 0);
      const other = Array.from({ length: parts }, (_, index) => Math.floor((total + index) / parts));
      const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
      expect(sum(inWholeEuros(amounts))).toBe(Math.round(total / 100));
      expect(sum(inWholeEuros(other))).toBe(sum(inWholeEuros(amounts)));
      inWholeEuros(amounts).forEach((euros, index) =>
        expect(Math.abs(euros * 100 - amounts[index]!)).toBeLessThan(100)
      );
    })
  );
});

test('hours at a value each make whole cents', () => {
  expect(valueOf(3750, 1202)).toBe(45_075);
  expect(valueOf(1, 50)).toBe(1);
  expect(valueOf(1, 49)).toBe(0);
});

const words = (max: number) =>
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: max })
    .map((text) => (readText(text) ?? 'Ligne').slice(0, max).trim())
    .map((text) => readText(text) ?? 'Ligne');
const date = fc
  .integer({ min: 0, max: 3000 })
  .map((days) => new Date(Date.UTC(2024, 0, 1 + days)).toISOString().slice(0, 10));
const tabled: fc.Arbitrary<TabledBudget> = fc
  .record({
    fields: fc.record({
      about: fc.constantFrom('project' as const, 'year' as const),
      title: words(60).map((title) => `Projet ${title}`.trim()),
      startsOn: date,
      endsOn: fc.constant('2032-12-31')
    }),
    lines: fc.array(
      fc
        .record({
          account: fc.constantFrom(...ACCOUNTS),
          label: words(120),
          cents,
          isIndirect: fc.boolean(),
          counted: fc.option(fc.tuple(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: 100_000 }))),
          basis: fc.option(words(80))
        })
        .map(({ counted, ...line }) => {
          const isInKind = line.account.startsWith('8');
          const [quantityHundredths, unitCents] = isInKind && counted ? counted : [null, null];
          return {
            ...line,
            cents:
              quantityHundredths !== null && unitCents !== null ? valueOf(quantityHundredths, unitCents) : line.cents,
            isIndirect: line.isIndirect && line.account.startsWith('6'),
            basis: isInKind ? line.basis : null,
            quantityHundredths,
            unitCents
          };
        }),
      { maxLength: 12 }
    )
  })
  .map(({ fields, lines }) => ({
    fields: {
      ...fields,
      startsOn:
        fields.startsOn > '2028-12-31' ? '2028-12-31' : fields.startsOn < '2028-01-01' ? '2028-01-01' : fields.startsOn
    },
    lines
  }));

async function readBack(bytes: Uint8Array, name: string) {
  const table = await readTable(bytes, name);
  if (!table.ok) throw new Error(table.code);
  return readBudgetRows(table.value.columns, table.value.rows);
}

test('a budget written as CSV or as a spreadsheet is read back the same, to the cent', async () => {
  await fc.assert(
    fc.asyncProperty(tabled, async (budget) => {
      const csv = new TextEncoder().encode(writeCsv(BUDGET_COLUMNS, budgetRows(budget)));
      expect(await readBack(csv, 'budget.csv')).toEqual({ ok: true, value: budget });
    }),
    { numRuns: 150 }
  );
  await fc.assert(
    fc.asyncProperty(tabled, async (budget) => {
      const xlsx = await writeXlsx('Budget', BUDGET_COLUMNS, budgetRows(budget));
      expect(await readBack(xlsx, 'budget.xlsx')).toEqual({ ok: true, value: budget });
    }),
    { numRuns: 15 }
  );
});

test('a table that is no budget is refused, with the row to correct', async () => {
  const rows = (...lines: string[][]) => lines.map((cells, index) => ({ row: index + 2, cells }));
  const head = ['budget', 'projet', 'Atelier', '', '', '', '', '', '2026-01-01', '2026-12-31'];
  expect(readBudgetRows(['nom', 'ville'], [])).toMatchObject({ code: 'table-not-a-budget' });
  expect(readBudgetRows(BUDGET_COLUMNS, rows(['charges', '60', 'Outils', '400']))).toMatchObject({
    code: 'table-not-a-budget'
  });
  const read = (...line: string[]) => readBudgetRows(BUDGET_COLUMNS, rows(head, line));
  expect(read('charges', '99', 'Outils', '400')).toMatchObject({ code: 'row-account', details: { row: 3 } });
  expect(read('charges', '60', 'Outils', '4,005')).toMatchObject({ code: 'row-amount' });
  expect(read('charges', '60', 'Outils', '-4')).toMatchObject({ code: 'row-amount' });
  expect(read('produits', '60', 'Outils', '4')).toMatchObject({ code: 'row-side' });
  expect(read('charges', '60', '', '4')).toMatchObject({ code: 'row-label' });
  expect(read('', '864', 'Bénévolat', '100', '', '10', '12')).toMatchObject({ code: 'row-amount' });
  expect(read('', '60', 'Outils', '1 250,50 €')).toMatchObject({ ok: true, value: { lines: [{ cents: 125_050 }] } });
});

test('the financial report of a grant is due six months after the end of the financial year', () => {
  expect(reportDueOn('2024-12-31', '12-31')).toBe('2025-06-30');
  expect(reportDueOn('2024-03-15', '12-31')).toBe('2025-06-30');
  expect(reportDueOn('2026-08-31', '08-31')).toBe('2027-02-28');
  expect(reportDueOn('2027-08-31', '08-31')).toBe('2028-02-29');
  expect(reportDueOn('2026-09-01', '08-31')).toBe('2028-02-29');
  expect(reportDueOn('2025-06-30', '06-30')).toBe('2025-12-31');
  expect(reportDueOn('2025-01-10', '02-29')).toBe('2025-08-31');
  expect(reportDueOn('2025-01-10', '03-15')).toBe('2025-09-15');
  expect(financialYear('2026-11-26', '08-31')).toEqual({ startsOn: '2026-09-01', endsOn: '2027-08-31' });
  expect(financialYear('2026-08-31', '08-31')).toEqual({ startsOn: '2025-09-01', endsOn: '2026-08-31' });
  expect(financialYear('2026-11-26', '12-31')).toEqual({ startsOn: '2026-01-01', endsOn: '2026-12-31' });
});

test('a deadline is near three weeks before, and is reminded of at 21, 7 and 1 days', () => {
  expect(standingOf('2025-06-30', '2025-06-08')).toBe('far');
  expect(standingOf('2025-06-30', '2025-06-09')).toBe('near');
  expect(standingOf('2025-06-30', '2025-07-01')).toBe('late');
  const due = (today: string) => reminderDue('2025-06-30', today);
  expect(
    ['2025-06-01', '2025-06-09', '2025-06-22', '2025-06-23', '2025-06-29', '2025-06-30', '2025-07-01'].map(due)
  ).toEqual([null, 21, 21, 7, 1, 1, null]);
});

test('one income line that nobody has promised and that weighs more than two fifths is a risk to say', () => {
  const line = (euros: number, state: (typeof FUNDING_STATES)[number] | null, account = '74') => ({
    account,
    cents: euros * 100,
    state
  });
  expect(heavyLines([line(400, 'envisaged'), line(600, 'granted')])).toEqual([]);
  expect(heavyLines([line(401, 'envisaged'), line(599, 'granted')])).toHaveLength(1);
  expect(heavyLines([line(900, 'requested'), line(100, 'granted')])).toEqual([]);
  expect(heavyLines([line(900, null, '60'), line(300, 'envisaged'), line(700, 'paid')])).toEqual([]);
});

test('nothing is paid before it was granted, and what was refused may be asked for again', () => {
  expect(checkStep('requested', 'paid')).toMatchObject({ code: 'step-not-from-here' });
  expect(checkStep('granted', 'paid')).toMatchObject({ ok: true });
  expect(checkStep('refused', 'requested')).toMatchObject({ ok: true });
  for (const state of FUNDING_STATES) expect(nextStates(state)).not.toContain(state);
  expect(ACCOUNTS.map(sideOf).filter((side) => side === 'charges')).toHaveLength(9);
});
