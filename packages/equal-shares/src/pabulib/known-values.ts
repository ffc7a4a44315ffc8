import type { Field } from './fields.ts';
import type { Report } from './section.ts';

/**
 * What the public format says of keys and columns that no rule needs: the values, written so that every language reads
 * them. Empty ones are not looked at. Names of countries are not checked.
 */
interface Known {
  readonly says: string;
  readonly fits: (value: string) => boolean;
}

const pattern = (says: string, form: RegExp): Known => ({ says, fits: (value) => form.test(value) });
const isCurrency = (code: string): boolean =>
  /^[A-Z]{3}$/.test(code) && Intl.supportedValuesOf('currency').includes(code);
const date = pattern('YYYY, DD.MM.YYYY', /^(\d{1,2}\.\d{1,2}\.)?\d{4}$/);
const flag = pattern('1', /^1$/);
const degrees = pattern('-12.34', /^-?\d+(\.\d+)?$/);

const META: Record<string, Known> = {
  date_begin: date,
  date_end: date,
  language: pattern('ISO 639-1', /^[a-z]{2}$/),
  currency: { says: 'ISO 4217', fits: isCurrency },
  fully_funded: flag,
  experimental: flag
};

const PROJECTS: Record<string, Known> = {
  selected: pattern('0, 1, 2, 3', /^[0-3]$/),
  latitude: degrees,
  longitude: degrees
};

const VOTES: Record<string, Known> = {
  age: pattern('27, 40-59', /^\d+(-\d+)?$/),
  sex: pattern('M, F, O', /^[MFO]$/),
  voting_method: pattern('internet, paper', /^(internet|paper)$/)
};

const KNOWN = {
  META: new Map(Object.entries(META)),
  PROJECTS: new Map(Object.entries(PROJECTS)),
  VOTES: new Map(Object.entries(VOTES))
};

export function checkValue(
  report: Report,
  section: keyof typeof KNOWN,
  name: string,
  value: string,
  place: { readonly line: number; readonly column: number }
): void {
  // Names come from the file: `__proto__` is one like any other.
  const known = KNOWN[section].get(name);
  if (known !== undefined && value !== '' && !known.fits(value))
    report('value-unknown', place.line, place.column, value, name, known.says);
}

/** The same for a whole row; `names` are those of its columns. */
export function checkRow(
  report: Report,
  section: keyof typeof KNOWN,
  names: readonly string[],
  fields: readonly Field[],
  line: number
): void {
  fields.forEach(({ text, column }, i) => checkValue(report, section, names[i] ?? '', text.trim(), { line, column }));
}
