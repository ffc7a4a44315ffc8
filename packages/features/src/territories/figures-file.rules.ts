import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';

/** One figure as the file gives it. `value` null with a reason: missing is not zero. */
export interface FigureLine {
  readonly row: number;
  readonly neighbourhoodSlug: string | null;
  readonly code: string;
  readonly label: string;
  readonly labelEn: string | null;
  readonly definition: string | null;
  readonly definitionEn: string | null;
  readonly value: number | null;
  readonly missingReason: MissingReason | null;
  readonly unit: string;
  readonly denominator: string | null;
  readonly denominatorEn: string | null;
  readonly source: string;
  readonly asOf: string;
}

export type MissingReason = 'statistical-secrecy' | 'not-collected' | 'not-comparable' | 'awaiting-publication';

/** What is wrong in one cell; `column` is the file's own header, `value` what stands in it. */
export interface FigureProblem {
  readonly row: number;
  readonly column: string;
  readonly code: FigureProblemCode;
  readonly value: string;
}

export type FigureProblemCode =
  | 'missing'
  | 'code-malformed'
  | 'number-malformed'
  | 'date-malformed'
  | 'share-without-denominator'
  | 'share-out-of-range'
  | 'neighbourhood-unknown'
  | 'reason-unknown'
  | 'value-and-reason'
  | 'twice'
  | 'too-long';

/** Columns, by the names that they may bear; the first is that of the template. */
export const FIGURE_COLUMNS = {
  code: ['code'],
  label: ['label', 'libelle', 'libellé', 'indicateur'],
  value: ['value', 'valeur'],
  denominator: ['denominator', 'denominateur', 'dénominateur', 'sur'],
  source: ['source'],
  date: ['date', 'annee', 'année'],
  neighbourhood: ['neighbourhood', 'quartier'],
  unit: ['unit', 'unite', 'unité'],
  label_en: ['label_en'],
  definition: ['definition', 'définition'],
  definition_en: ['definition_en'],
  denominator_en: ['denominator_en'],
  missing: ['missing', 'manque', 'raison']
} as const;

type Column = keyof typeof FIGURE_COLUMNS;
const REQUIRED: readonly Column[] = ['code', 'label', 'value', 'source', 'date'];

export const FIGURE_ROWS_MAX_COUNT = 5000;
const CODE = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const CODE_MAX_CHARACTERS = 60;
const TEXT_MAX_CHARACTERS = 500;
const DATE = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;

const REASONS: Readonly<Record<string, MissingReason>> = {
  'statistical-secrecy': 'statistical-secrecy',
  'secret statistique': 'statistical-secrecy',
  secret: 'statistical-secrecy',
  s: 'statistical-secrecy',
  'not-collected': 'not-collected',
  'non recueilli': 'not-collected',
  'not-comparable': 'not-comparable',
  'non comparable': 'not-comparable',
  'awaiting-publication': 'awaiting-publication',
  'pas encore publié': 'awaiting-publication'
};

export interface FigureTableFile {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly row: number; readonly cells: readonly string[] }[];
}

/** Reads figures row by row; every problem is told, by row and column. `neighbourhoods`: slugs by slug and by name. */
export function readFigures(
  table: FigureTableFile,
  neighbourhoods: ReadonlyMap<string, string>
): Verdict<{ lines: FigureLine[]; problems: FigureProblem[] }, 'columns-missing' | 'too-many-rows'> {
  if (table.rows.length > FIGURE_ROWS_MAX_COUNT) return refuse('too-many-rows', { limit: FIGURE_ROWS_MAX_COUNT });
  const places = placeColumns(table.columns);
  const absent = REQUIRED.filter((column) => places.get(column) === undefined);
  if (absent.length > 0) return refuse('columns-missing', { columns: absent.join(', ') });
  const problems: FigureProblem[] = [];
  const lines: FigureLine[] = [];
  const seen = new Set<string>();
  for (const { row, cells } of table.rows) {
    if (cells.every((cell) => cell.trim() === '')) continue;
    const line = readLine(new CellReader(row, cells, places, table.columns, problems), neighbourhoods, seen);
    if (line) lines.push(line);
  }
  return accept({ lines, problems });
}

function placeColumns(headers: readonly string[]): Map<Column, number> {
  const plain = headers.map((header) => header.trim().toLowerCase());
  const places = new Map<Column, number>();
  for (const [column, names] of Object.entries(FIGURE_COLUMNS) as [Column, readonly string[]][]) {
    const index = plain.findIndex((header) => names.includes(header));
    if (index >= 0) places.set(column, index);
  }
  return places;
}

function readLine(
  cells: CellReader,
  neighbourhoods: ReadonlyMap<string, string>,
  seen: Set<string>
): FigureLine | null {
  const code = cells.needed('code');
  if (code && (!CODE.test(code) || code.length > CODE_MAX_CHARACTERS)) cells.wrong('code', 'code-malformed');
  const asOf = cells.needed('date');
  if (asOf && !DATE.test(asOf)) cells.wrong('date', 'date-malformed');
  const denominator = cells.text('denominator') || null;
  const unit = cells.text('unit') || (denominator ? 'percent' : 'number');
  const { value, missingReason } = readValue(cells);
  if (unit === 'percent' && !denominator) cells.wrong('denominator', 'share-without-denominator');
  if (unit === 'percent' && value !== null && (value < 0 || value > 100)) cells.wrong('value', 'share-out-of-range');
  const where = cells.text('neighbourhood');
  const neighbourhoodSlug = where === '' ? null : neighbourhoods.get(where.toLowerCase());
  if (neighbourhoodSlug === undefined) cells.wrong('neighbourhood', 'neighbourhood-unknown');
  const key = `${neighbourhoodSlug ?? ''}|${code}|${asOf}`;
  if (seen.has(key)) cells.wrong('code', 'twice');
  seen.add(key);
  const label = cells.needed('label');
  const source = cells.needed('source');
  if (cells.isWrong) return null;
  return {
    row: cells.row,
    neighbourhoodSlug: neighbourhoodSlug ?? null,
    code,
    label,
    labelEn: cells.text('label_en') || null,
    definition: cells.text('definition') || null,
    definitionEn: cells.text('definition_en') || null,
    value,
    missingReason,
    unit,
    denominator,
    denominatorEn: cells.text('denominator_en') || null,
    source,
    asOf
  };
}

/** « 1 234,5 », « 46 % », or nothing with its reason, in its own column or in place of the number (« s » for secrecy). */
function readValue(cells: CellReader): { value: number | null; missingReason: MissingReason | null } {
  const written = cells.text('value');
  const reason = cells.text('missing').toLowerCase() || (REASONS[written.toLowerCase()] ? written.toLowerCase() : '');
  if (reason !== '') {
    const missingReason = REASONS[reason];
    if (!missingReason) cells.wrong('missing', 'reason-unknown');
    else if (written !== '' && !REASONS[written.toLowerCase()]) cells.wrong('value', 'value-and-reason');
    return { value: null, missingReason: missingReason ?? null };
  }
  const plain = written.replace(/[\s\u00a0\u202f%€]/g, '').replace(',', '.');
  if (written === '') cells.wrong('value', 'missing');
  else if (!/^-?\d{1,15}(\.\d{1,6})?$/.test(plain)) cells.wrong('value', 'number-malformed');
  return { value: Number(plain), missingReason: null };
}

class CellReader {
  readonly row: number;
  isWrong = false;
  readonly #cells: readonly string[];
  readonly #places: ReadonlyMap<Column, number>;
  readonly #headers: readonly string[];
  readonly #problems: FigureProblem[];

  constructor(
    row: number,
    cells: readonly string[],
    places: ReadonlyMap<Column, number>,
    headers: readonly string[],
    problems: FigureProblem[]
  ) {
    this.row = row;
    this.#cells = cells;
    this.#places = places;
    this.#headers = headers;
    this.#problems = problems;
  }

  text(column: Column): string {
    const place = this.#places.get(column);
    const text = place === undefined ? '' : (this.#cells[place] ?? '').trim();
    if (text.length > TEXT_MAX_CHARACTERS) this.wrong(column, 'too-long');
    return text;
  }

  needed(column: Column): string {
    const text = this.text(column);
    if (text === '') this.wrong(column, 'missing');
    return text;
  }

  wrong(column: Column, code: FigureProblemCode): void {
    this.isWrong = true;
    const place = this.#places.get(column);
    const value = place === undefined ? '' : (this.#cells[place] ?? '').slice(0, 60);
    this.#problems.push({ row: this.row, column: place === undefined ? column : this.#headers[place]!, code, value });
  }
}
