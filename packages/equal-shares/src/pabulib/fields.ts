import type { PabulibRecord } from './records.ts';

export interface Field {
  /** What the field says, without the quotes around it. */
  readonly text: string;
  /** Column of its first character in the line; 1 for the first. */
  readonly column: number;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const strictDecoder = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

export const textOf = (record: PabulibRecord): string =>
  decoder.decode(record.bytes.subarray(record.start, record.end));

export function isUtf8(record: PabulibRecord): boolean {
  try {
    strictDecoder.decode(record.bytes.subarray(record.start, record.end));
    return true;
  } catch {
    return false;
  }
}

/** The fields of a record: separated by semicolons; quoted ones keep semicolons, line breaks and doubled quotes. */
export function splitFields(text: string): Field[] {
  const fields: Field[] = [];
  for (let at = 0; ;) {
    const isQuoted = text[at] === '"';
    const end = isQuoted ? quotedFieldEnd(text, at) : plainFieldEnd(text, at);
    const raw = text.slice(at, end);
    fields.push({ text: isQuoted ? unquote(raw) : raw, column: at + 1 });
    if (end >= text.length) return fields;
    at = end + 1;
  }
}

function plainFieldEnd(text: string, at: number): number {
  const end = text.indexOf(';', at);
  return end < 0 ? text.length : end;
}

function quotedFieldEnd(text: string, at: number): number {
  let inQuotes = false;
  for (let i = at; i < text.length; i++) {
    if (text[i] === '"') inQuotes = !inQuotes;
    else if (!inQuotes && text[i] === ';') return i;
  }
  return text.length;
}

/** `"a ""b"" c"` → `a "b" c`. What stands between a closing quote and the separator is kept. */
function unquote(raw: string): string {
  let text = '';
  let inQuotes = false;
  for (let i = 0; i < raw.length; i++) {
    if (raw[i] !== '"') text += raw[i];
    else {
      if (!inQuotes && i > 0) text += '"';
      inQuotes = !inQuotes;
    }
  }
  return text;
}

/** The text of a field as it must be written so that it reads the same. */
export function quoteField(text: string): string {
  return /[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
