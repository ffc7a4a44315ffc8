import type { ProblemReason } from './directory-record.ts';

/**
 * What a cell says once cleaned. Both null: empty. A value with a reason: recovered, and said.
 * No value with a reason: unreadable, dropped, and said.
 */
export interface Cell<Value> {
  readonly value: Value | null;
  readonly reason: ProblemReason | null;
}

/** A SIRET, and what stays certain of a damaged one: its SIREN. */
export interface SiretCell extends Cell<string> {
  readonly siren: string | null;
}

export const CELL_URL_MAX_CHARACTERS = 2083;
export const CELL_EMAIL_MAX_CHARACTERS = 254;
export const CELL_VALUES_MAX_COUNT = 100;

/** Text without odd spaces, null bytes and outer blanks; words that mean "nothing" become empty. */
export function readText(raw: string): string | null {
  const text = raw
    .replace(/[\u00a0\u202f\u2007\t]/g, ' ')
    .replace(/[\p{Cc}\u200b\ufeff]/gu, (mark) => (mark === '\n' || mark === '\r' ? mark : ''))
    .replace(/ {2,}/g, ' ')
    .trim();
  return NOTHING.has(text.toLowerCase()) ? null : text;
}

/**
 * Fourteen digits with a right key. Spaces, a final `.0` and a full-length `6.0487647500499E13` are undone; lost
 * leading zeros come back when both keys (SIREN and SIRET) are right; a rounded number is refused, its SIREN kept
 * when the rounding cannot have reached it.
 */
export function readSiret(raw: string): SiretCell {
  const text = readText(raw)?.replace(/[\s'’"]/g, '') ?? null;
  if (text === null) return { value: null, reason: null, siren: null };
  const scientific = /^(\d)[.,]?(\d*)[eE]\+?(\d{1,2})$/.exec(text);
  if (scientific) return readScientificSiret(scientific[1]! + scientific[2]!, Number(scientific[3]));
  const digits = text.replace(/[.,]0+$/, '').replace(/[.\-_]/g, '');
  if (!/^\d+$/.test(digits)) return { value: null, reason: 'siret-wrong-length', siren: null };
  if (/^0+$/.test(digits)) return { value: null, reason: 'siret-placeholder', siren: null };
  return readSiretDigits(digits);
}

/** Whether fourteen digits carry a right control key, La Poste's establishments included. */
export function isSiret(digits: string): boolean {
  if (!/^\d{14}$/.test(digits)) return false;
  // La Poste outgrew Luhn: the digits of its establishments only add up to a multiple of five.
  if (digits.startsWith('356000000') && sumOfDigits(digits) % 5 === 0) return true;
  return passesLuhn(digits);
}

export function isSiren(digits: string): boolean {
  return /^\d{9}$/.test(digits) && passesLuhn(digits) && digits !== '000000000';
}

/** `W` and nine digits; the old prefectural numbers are no RNA. */
export function readRna(raw: string): Cell<string> {
  const text = readText(raw);
  if (text === null) return EMPTY;
  const rna = text.replace(/[\s.-]/g, '').toUpperCase();
  return /^W\d{9}$/.test(rna) ? certain(rna) : unreadable('rna-malformed');
}

/**
 * The first telephone number of the cell, in E.164 when it is French (`+33545932222`, `+262262…`), as dialled
 * when it is a short number (`3949`). A zero lost by a spreadsheet comes back.
 */
export function readPhone(raw: string): Cell<string> {
  const text = readText(raw);
  if (text === null) return EMPTY;
  const first = text.split(/[;,|]|\s+(?:ou|et|or|\/)\s+|\s\/|\/\s/)[0]!.replace(/^(\d{9,12})\.0+$/, '$1');
  const dialled = first
    .replace(/\(0\)/g, '')
    .replace(/^00/, '+')
    .replace(/[\s.\-()/_]/g, '');
  if (/^\+[1-9]\d{7,14}$/.test(dialled)) return readInternational(dialled);
  if (/^0[1-9]\d{8}$/.test(dialled)) return certain(internationalOf(dialled));
  if (/^33[1-9]\d{8}$/.test(dialled)) return certain(`+${dialled}`);
  if (/^[1-9]\d{8}$/.test(dialled)) return certain(internationalOf(`0${dialled}`));
  if (/^(?:3\d{3}|1\d{1,2}|11[6-8]\d{3})$/.test(dialled)) return certain(dialled);
  return unreadable('phone-malformed');
}

/** A number as people read it: `01 23 45 67 89` for France, groups of digits elsewhere. */
export function displayPhone(phone: string): string {
  const french = /^\+(33|590|594|596|262|269)(\d{9})$/.exec(phone);
  const national = french ? `0${french[2]}` : phone;
  if (/^0\d{9}$/.test(national)) return national.replace(/(\d{2})(?=\d)/g, '$1 ');
  return phone;
}

export function readEmail(raw: string): Cell<string> {
  const text = readText(raw);
  if (text === null) return EMPTY;
  const first = text.replace(/^mailto:/i, '').split(/[;,|\s]+/)[0]!;
  const match = EMAIL.exec(first);
  if (!match || first.length > CELL_EMAIL_MAX_CHARACTERS) return unreadable('email-malformed');
  return certain(`${match[1]}@${match[2]!.toLowerCase()}`);
}

/** An absolute http or https address; a missing scheme becomes https; every other scheme is refused. */
export function readUrl(raw: string): Cell<string> {
  // Keys struck twice or left out (`htpp://`, `http//`) are plain enough to mend.
  const text = readText(raw)?.replace(/^h?t{1,3}p{0,2}(s?)(?::\/{1,2}|\/\/)(?=[\w-])/i, 'http$1://') ?? null;
  if (text === null) return EMPTY;
  const scheme = /^([a-z][a-z0-9+.-]*):(?!\d+(?:\/|$))/i.exec(text)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') return unreadable('url-scheme-refused');
  const absolute = scheme === undefined ? `https://${text.replace(/^\/+/, '')}` : text;
  if (/\s/.test(absolute) || absolute.length > CELL_URL_MAX_CHARACTERS) return unreadable('url-malformed');
  const url = URL.parse(absolute);
  if (!url || url.username !== '' || url.password !== '' || !HOST.test(url.hostname))
    return unreadable('url-malformed');
  return certain(url.pathname === '/' && !absolute.endsWith('/') && !url.search && !url.hash ? url.origin : url.href);
}

/** Five digits; the zero that a spreadsheet drops from `01200` comes back. */
export function readPostcode(raw: string): Cell<string> {
  const digits = readText(raw)
    ?.replace(/^F-?/i, '')
    .replace(/\.0+$/, '')
    .replace(/[\s'’]/g, '');
  if (digits === undefined) return EMPTY;
  if (/^(?!00)\d{5}$/.test(digits)) return certain(digits);
  if (/^[1-9]\d{3}$/.test(digits)) return { value: `0${digits}`, reason: 'postcode-zero-restored' };
  return unreadable('postcode-malformed');
}

/** INSEE code of a commune: five digits, `2A`/`2B` in Corsica, `97…`/`98…` overseas. */
export function readCityCode(raw: string): Cell<string> {
  const code = readText(raw)
    ?.replace(/\.0+$/, '')
    .replace(/[\s'’]/g, '')
    .toUpperCase();
  if (code === undefined) return EMPTY;
  // A spreadsheet drops the first zero of `01004`, a bad join the inner one of `2B014`.
  const padded = /^[1-9]\d{3}$/.test(code)
    ? `0${code}`
    : code.replace(/^(2[AB])(\d{1,2})$/, (_, island, number) => `${island}${String(number).padStart(3, '0')}`);
  return /^(?:(?!00|20)\d{5}|2[AB]\d{3})$/.test(padded) ? certain(padded) : unreadable('city-code-malformed');
}

/** A number with a decimal comma or point, spaces between thousands allowed. */
export function readNumber(raw: string): Cell<number> {
  const text = readText(raw)?.replace(/[\s'’]/g, '');
  if (text === undefined) return EMPTY;
  const plain = /^[+-]?\d{1,3}(?:\.\d{3})+,\d+$/.test(text) ? text.replace(/\./g, '') : text;
  const decimal = plain.replace(',', '.');
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/.test(decimal)) return unreadable('number-malformed');
  return certain(Number(decimal));
}

/** A calendar date as `YYYY-MM-DD`, from ISO, French order, French words or a spreadsheet's serial number. */
export function readDate(raw: string): Cell<string> {
  const text = readText(raw);
  if (text === null) return EMPTY;
  const date = isoDate(text) ?? frenchDate(text) ?? wordedDate(text) ?? serialDate(text);
  return date === null ? unreadable('date-malformed') : certain(date);
}

/** Several values of one cell: `;`, else `|`, else line breaks, else (where the caller allows it) `,`. */
export function splitValues(raw: string, commas: boolean): string[] {
  const text = raw.trim().replace(/^\[(.*)\]$/s, '$1');
  const separator = [';', '|', '\n', ...(commas ? [','] : [])].find((mark) => text.includes(mark));
  const parts = separator === undefined ? [text] : text.split(separator);
  const values = parts.map((part) => readText(part.replace(/^\s*["']|["']\s*$/g, ''))).filter((part) => part !== null);
  return [...new Set(values)].slice(0, CELL_VALUES_MAX_COUNT);
}

/** Lower case, without accents nor punctuation: for comparing headers and labels, never for showing. */
export function plainForm(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

const EMPTY = { value: null, reason: null } as const;

const NOTHING = new Set(['', '-', '--', '—', 'null', 'none', 'nan', 'n/a', '#n/a', 'undefined', 'non renseigné']);

const EMAIL =
  /^([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64})@((?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63})$/;

const HOST = /^(?:[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

function certain<Value>(value: Value): Cell<Value> {
  return { value, reason: null };
}

function unreadable(reason: ProblemReason): Cell<never> {
  return { value: null, reason };
}

function readScientificSiret(mantissa: string, exponent: number): SiretCell {
  if (exponent < 10 || exponent > 13) return { value: null, reason: 'siret-wrong-length', siren: null };
  const known = mantissa.replace(/0+$/, '');
  // Fewer digits than the exponent announces: the rest was rounded away by the spreadsheet.
  if (mantissa.length < exponent + 1 && known.length <= exponent - 1) return roundedSiret(mantissa, exponent + 1);
  return readSiretDigits(mantissa.padEnd(exponent + 1, '0'));
}

function readSiretDigits(digits: string): SiretCell {
  if (digits.length === 14) {
    const laPoste = isSiret(digits) && !passesLuhn(digits);
    if (isSiret(digits)) return { value: digits, reason: laPoste ? 'siret-la-poste' : null, siren: digits.slice(0, 9) };
    if (digits.endsWith('0000')) return roundedSiret(digits, 14);
    return { value: null, reason: 'siret-wrong-key', siren: null };
  }
  if (digits.length >= 11 && digits.length < 14) {
    const padded = digits.padStart(14, '0');
    if (isSiret(padded) && isSiren(padded.slice(0, 9)))
      return { value: padded, reason: 'siret-zeros-restored', siren: padded.slice(0, 9) };
  }
  return { value: null, reason: 'siret-wrong-length', siren: isSiren(digits) ? digits : null };
}

function roundedSiret(digits: string, length: number): SiretCell {
  const siren = digits.slice(0, 9);
  // Rounding may have carried into the last known digit: a SIREN is certain only when digits follow it, or its key
  // holds and it does not itself end in the zeros of the rounding.
  const untouched = length === 14 && isSiren(siren) && !siren.endsWith('0');
  return { value: null, reason: 'siret-rounded', siren: untouched ? siren : null };
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

function sumOfDigits(digits: string): number {
  return [...digits].reduce((sum, digit) => sum + Number(digit), 0);
}

/** Numbering of the overseas départements inside the French plan. */
const OVERSEAS_PREFIXES: readonly (readonly [RegExp, string])[] = [
  [/^0(?:590|690|691)/, '+590'],
  [/^0(?:594|694)/, '+594'],
  [/^0(?:596|696|697)/, '+596'],
  [/^0(?:262|263|692|693|269|639)/, '+262']
];

function internationalOf(national: string): string {
  const overseas = OVERSEAS_PREFIXES.find(([prefix]) => prefix.test(national));
  return `${overseas ? overseas[1] : '+33'}${national.slice(1)}`;
}

function readInternational(dialled: string): Cell<string> {
  const french = /^\+33(?:0)?([1-9]\d{8})$/.exec(dialled);
  if (french) return certain(internationalOf(`0${french[1]}`));
  return dialled.startsWith('+33') ? unreadable('phone-malformed') : certain(dialled);
}

function isoDate(text: string): string | null {
  const match = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/.exec(text);
  return match ? validDate(Number(match[1]), Number(match[2]), Number(match[3])) : null;
}

function frenchDate(text: string): string | null {
  const match = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?: \d{1,2}[:h].*)?$/.exec(text);
  if (!match) return null;
  const year = Number(match[3]);
  // Two digits: spreadsheets read 00–49 as this century and 50–99 as the last.
  const century = match[3]!.length === 4 ? 0 : year < 50 ? 2000 : 1900;
  return validDate(century + year, Number(match[2]), Number(match[1]));
}

const MONTHS = 'janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre'.split(' ');

function wordedDate(text: string): string | null {
  const match = /^(?:[a-z]+ )?(\d{1,2})(?:er)? ([a-z]+) (\d{4})$/.exec(plainForm(text));
  const month = match ? MONTHS.indexOf(match[2]!) + 1 : 0;
  return match && month > 0 ? validDate(Number(match[3]), month, Number(match[1])) : null;
}

/** Days since 30 December 1899, as spreadsheets count; only 1954 to 2119, lest any number become a date. */
const SERIAL_MIN_DAYS = 20_000;
const SERIAL_MAX_DAYS = 80_000;

function serialDate(text: string): string | null {
  if (!/^\d{5}(?:[.,]\d+)?$/.test(text)) return null;
  const days = Math.floor(Number(text.replace(',', '.')));
  if (days < SERIAL_MIN_DAYS || days > SERIAL_MAX_DAYS) return null;
  return new Date(Date.UTC(1899, 11, 30 + days)).toISOString().slice(0, 10);
}

function validDate(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 1000;
  return exists ? date.toISOString().slice(0, 10) : null;
}

const OSM_HOURS = /^(?:24\/7|.*\b(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|SH)\b)/s;

/** Whether a text looks like OSM opening hours rather than like words. */
export function readsAsHours(text: string): boolean {
  return OSM_HOURS.test(text);
}
