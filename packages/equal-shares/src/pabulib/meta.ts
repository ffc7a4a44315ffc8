import type { VoteType } from '../election.ts';
import { parseDecimal, type Decimal } from '../exact/decimal.ts';
import type { Field } from './fields.ts';
import { checkValue } from './known-values.ts';
import { trimmed, type Report, type SectionReader } from './section.ts';

export interface Limits {
  readonly minLength: number;
  readonly maxLength: number;
  readonly minSumCost: Decimal | null;
  readonly maxSumCost: Decimal | null;
  readonly minPoints: Decimal | null;
  readonly maxPoints: Decimal | null;
  readonly minSumPoints: Decimal | null;
  readonly maxSumPoints: Decimal | null;
}

export interface Meta extends SectionReader {
  readonly values: Map<string, string>;
  /** Where a key stands, for problems found later. */
  readonly place: (key: string) => { readonly line: number; readonly column: number };
  /** What the later sections need; call it once META is complete. Reports what is missing or wrong, once. */
  readonly settle: () => MetaFacts;
}

export interface MetaFacts {
  readonly voteType: VoteType;
  readonly budget: Decimal;
  readonly limits: Limits;
}

const VOTE_TYPES: readonly VoteType[] = ['approval', 'choose-1', 'ordinal', 'cumulative', 'scoring'];
const EXPECTED = [
  'description',
  'country',
  'unit',
  'instance',
  'num_projects',
  'num_votes',
  'rule',
  'date_begin',
  'date_end'
];

export function createMeta(report: Report): Meta {
  const values = new Map<string, string>();
  const places = new Map<string, { line: number; column: number }>();
  let facts: MetaFacts | null = null;

  function row(fields: readonly Field[], line: number): void {
    const key = trimmed(report, fields[0], line);
    if (key === '') return report('id-empty', line, 1, 'key');
    if (values.has(key)) return report('key-twice', line, 1, key);
    values.set(key, trimmed(report, fields[1], line));
    places.set(key, { line, column: fields[1]?.column ?? 1 });
  }

  const place = (key: string): { line: number; column: number } => places.get(key) ?? { line: 0, column: 0 };

  function settle(): MetaFacts {
    if (facts !== null) return facts;
    for (const key of EXPECTED) if (!values.has(key)) report('key-absent', 0, 0, key);
    for (const [key, value] of values) checkValue(report, 'META', key, value, place(key));
    facts = { voteType: voteType(), budget: budget(), limits: limits() };
    return facts;
  }

  function voteType(): VoteType {
    const given = values.get('vote_type');
    const known = VOTE_TYPES.find((type) => type === given);
    if (given === undefined) report('key-missing', 0, 0, 'vote_type');
    else if (known === undefined)
      report('vote-type-unknown', place('vote_type').line, place('vote_type').column, given);
    return known ?? 'approval';
  }

  function budget(): Decimal {
    const given = values.get('budget');
    if (given !== undefined)
      return readAmount(report, given, 'budget', place('budget').line, place('budget').column) ?? ZERO;
    report('key-missing', 0, 0, 'budget');
    return ZERO;
  }

  function limit(key: string): Decimal | null {
    const given = values.get(key);
    if (given === undefined || given === '') return null;
    const read = parseDecimal(given);
    if (read === null) report('not-a-limit', place(key).line, place(key).column, given, key);
    return read;
  }

  const whole = (key: string, otherwise: number): number => {
    const read = limit(key);
    return read === null ? otherwise : Number(read.digits) / 10 ** read.scale;
  };

  const limits = (): Limits => ({
    minLength: whole('min_length', 0),
    maxLength: whole('max_length', Infinity),
    minSumCost: limit('min_sum_cost'),
    maxSumCost: limit('max_sum_cost'),
    minPoints: limit('min_points'),
    maxPoints: limit('max_points'),
    minSumPoints: limit('min_sum_points'),
    maxSumPoints: limit('max_sum_points')
  });

  return { values, place, settle, row, header: () => {} };
}

const ZERO: Decimal = { digits: 0n, scale: 0 };

/** Zero or more; a decimal comma is read as a point, with a warning. Null (and an error) for anything else. */
export function readAmount(report: Report, text: string, what: string, line: number, column: number): Decimal | null {
  const hasComma = /^\d+,\d+$/.test(text);
  if (hasComma) report('decimal-comma', line, column, text, what);
  const read = parseDecimal(hasComma ? text.replace(',', '.') : text);
  if (read !== null && read.digits >= 0n) return read;
  report('not-a-number', line, column, text, what);
  return null;
}
