import { readText } from '@terreau/formats/cells';
import { parseEuros, type Cents } from '@terreau/kernel/money';
import { accept, refuse, type Refused, type Verdict } from '@terreau/kernel/verdict';
import { isAccount, sideOf, type Side } from './accounts.rules.ts';
import type { NewLine } from './budget-rows.ts';
import { valueOf } from './budget.rules.ts';
import {
  BUDGET_LINES_MAX_COUNT,
  BUDGET_TITLE_MAX_CHARACTERS,
  isPeriod,
  LINE_BASIS_MAX_CHARACTERS,
  LINE_LABEL_MAX_CHARACTERS,
  LINE_MAX_CENTS,
  type NewBudgetFields
} from './budget.schema.ts';

/*
 * A budget as a table: one row that says which budget it is, then a row for each line. What is written is read back
 * without loss, to the cent; a spreadsheet may add and correct rows meanwhile.
 */

export const BUDGET_COLUMNS = [
  'rubrique',
  'compte',
  'libellé',
  'montant',
  'charge indirecte',
  'quantité',
  'valeur unitaire',
  'base de la valeur',
  'du',
  'au'
] as const;

export interface TabledBudget {
  readonly fields: NewBudgetFields;
  readonly lines: readonly NewLine[];
}

const SIDE_WORDS: Readonly<Record<Side, string>> = {
  charges: 'charges',
  income: 'produits',
  given: 'contributions données',
  received: 'contributions reçues'
};
const ABOUT_WORDS = { project: 'projet', year: 'année' } as const;
const YES = 'oui';

export function budgetRows({ fields, lines }: TabledBudget): string[][] {
  const { about, title, startsOn, endsOn } = fields;
  return [
    ['budget', ABOUT_WORDS[about], title, '', '', '', '', '', startsOn, endsOn],
    ...lines.map((line) => [
      SIDE_WORDS[sideOf(line.account)],
      line.account,
      line.label,
      decimal(line.cents),
      line.isIndirect ? YES : '',
      line.quantityHundredths ? decimal(line.quantityHundredths) : '',
      line.unitCents ? decimal(line.unitCents) : '',
      line.basis ?? '',
      '',
      ''
    ])
  ];
}

/** 40050 → « 400,50 »; 40000 → « 400 » */
function decimal(hundredths: number): string {
  const whole = String(Math.floor(hundredths / 100));
  return hundredths % 100 === 0 ? whole : `${whole},${String(hundredths % 100).padStart(2, '0')}`;
}

export type TableRefusal =
  'table-not-a-budget' | 'table-period' | 'row-account' | 'row-label' | 'row-amount' | 'row-side' | 'too-many-lines';

/** Reads the table back; a refusal says in `details.row` which row of the file is to be corrected. */
export function readBudgetRows(
  columns: readonly string[],
  rows: readonly { readonly row: number; readonly cells: readonly string[] }[]
): Verdict<TabledBudget, TableRefusal> {
  const places = BUDGET_COLUMNS.map((column) => columns.findIndex((name) => name.trim().toLowerCase() === column));
  if (places.slice(0, 4).includes(-1)) return refuse('table-not-a-budget');
  const read = rows.map(({ row, cells }) => ({
    row,
    cells: places.map((place) => readText(cells[place] ?? '') ?? '')
  }));
  const fields = readHead(read.find(({ cells }) => cells[0] === 'budget')?.cells);
  if (!fields.ok) return fields;
  const lines: NewLine[] = [];
  for (const { row, cells } of read) {
    if (cells[0] === 'budget' || cells.every((cell) => cell === '')) continue;
    const line = readLine(cells);
    if (!line.ok) return refuse(line.code, { row });
    lines.push(line.value);
  }
  if (lines.length > BUDGET_LINES_MAX_COUNT) return refuse('too-many-lines', { max: BUDGET_LINES_MAX_COUNT });
  return accept({ fields: fields.value, lines });
}

function readHead(cells: readonly string[] | undefined): Verdict<NewBudgetFields, TableRefusal> {
  if (!cells) return refuse('table-not-a-budget');
  const [, about, title = '', , , , , , startsOn = '', endsOn = ''] = cells;
  if (title.length < 3 || title.length > BUDGET_TITLE_MAX_CHARACTERS) return refuse('table-not-a-budget');
  const areDates = [startsOn, endsOn].every(
    (date) => /^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(Date.parse(date))
  );
  if (!areDates || !isPeriod(startsOn, endsOn)) return refuse('table-period');
  return accept({ about: about === ABOUT_WORDS.year ? 'year' : 'project', title, startsOn, endsOn });
}

type RowRefusal = 'row-account' | 'row-label' | 'row-amount' | 'row-side';

function readLine(cells: readonly string[]): Verdict<NewLine, RowRefusal> {
  const [side, account = '', label = '', amount = '', indirect, quantity = '', unit = '', basis = ''] = cells;
  if (!isAccount(account)) return refuse('row-account');
  if (side !== '' && side !== SIDE_WORDS[sideOf(account)]) return refuse('row-side');
  if (label === '' || label.length > LINE_LABEL_MAX_CHARACTERS || basis.length > LINE_BASIS_MAX_CHARACTERS) {
    return refuse('row-label');
  }
  const cents = centsIn(amount);
  if (!cents.ok) return cents;
  const line = { account, label, cents: cents.value, isIndirect: indirect === YES && account.startsWith('6') };
  if (!account.startsWith('8')) return accept({ ...line, quantityHundredths: null, unitCents: null, basis: null });
  const isCounted = quantity !== '' && unit !== '';
  const [many, each] = [centsIn(quantity), centsIn(unit)];
  if (!isCounted) return accept({ ...line, quantityHundredths: null, unitCents: null, basis: basis || null });
  if (!many.ok || !each.ok || valueOf(many.value, each.value) !== line.cents) return refuse('row-amount');
  return accept({ ...line, quantityHundredths: many.value, unitCents: each.value, basis: basis || null });
}

function centsIn(text: string): Verdict<Cents, 'row-amount'> | Refused<'row-amount'> {
  const read = parseEuros(text);
  return read.ok && read.value >= 0 && read.value <= LINE_MAX_CENTS ? accept(read.value) : refuse('row-amount');
}
