import type { Projects } from './projects.ts';
import type { PabulibRecord } from './records.ts';
import { makeRoom, type Desk } from './desk.ts';

const SEMICOLON = 59;
const COMMA = 44;
const ZERO = 48;

/** Project ids that are whole numbers below this are looked up in a table. */
const TABLE_SIZE = 65_536;

/** A voter of that name would look like the start of a section. */
const SECTION_NAME = /^(meta|projects|votes)$/i;

/** More than this many digits may not be exact in the arithmetic below. */
const QUICK_DIGITS = 9;

/**
 * Reads an ordinary row of VOTES from its bytes, without making strings: no quotes, no blanks, known projects, whole
 * points, an unmet voter id. Whatever is not ordinary is left to the reading field by field, which says what is wrong:
 * the two give the same ballot, and this one only says yes where there is nothing to say.
 */
export function createQuickRow(desk: Desk, projects: Projects): (record: PabulibRecord) => boolean {
  const { columns, slip, withPoints, voterIds } = desk;
  const table = new Int32Array(TABLE_SIZE).fill(-1);
  projects.rows.forEach((row, p) => {
    if (/^(0|[1-9]\d{0,4})$/.test(row.id) && Number(row.id) < TABLE_SIZE) table[Number(row.id)] = p;
  });
  const cursor = { at: 0 };

  function readVote(bytes: Uint8Array, end: number): boolean {
    slip.length = 0;
    if (cursor.at === end || bytes[cursor.at] === SEMICOLON) return true;
    for (;;) {
      const p = readProject(bytes, end);
      if (p < 0) return false;
      if (slip.length === slip.projects.length) makeRoom(slip, slip.length * 2);
      slip.projects[slip.length++] = p;
      if (cursor.at === end || bytes[cursor.at] === SEMICOLON) return true;
      cursor.at++;
    }
  }

  function readProject(bytes: Uint8Array, end: number): number {
    const start = cursor.at;
    let at = start;
    let value = 0;
    let isNumber = true;
    for (; at < end; at++) {
      const byte = bytes[at]!;
      if (byte === COMMA || byte === SEMICOLON) break;
      const digit = byte - ZERO;
      if (digit < 0 || digit > 9) {
        if (byte <= 32 || byte > 126) return -1;
        isNumber = false;
      }
      value = value * 10 + digit;
    }
    cursor.at = at;
    if (at === start) return -1;
    if (isNumber && at - start <= 5 && value < TABLE_SIZE && (bytes[start] !== ZERO || at - start === 1))
      return table[value]!;
    return projects.indexOf(ascii(bytes, start, at)) ?? -1;
  }

  function readPoints(bytes: Uint8Array, end: number): boolean {
    if (desk.book.pointScale() !== 0) return false;
    for (let i = 0; i < slip.length; i++) {
      const value = readNumber(bytes, end);
      if (value < 0) return false;
      slip.points[i] = value;
      const isLast = i === slip.length - 1;
      if (isLast !== (cursor.at === end || bytes[cursor.at] === SEMICOLON)) return false;
      if (!isLast && bytes[cursor.at++] !== COMMA) return false;
    }
    return cursor.at === end || bytes[cursor.at] === SEMICOLON;
  }

  function readNumber(bytes: Uint8Array, end: number): number {
    const start = cursor.at;
    let value = 0;
    while (cursor.at < end && bytes[cursor.at]! >= ZERO && bytes[cursor.at]! <= ZERO + 9)
      value = value * 10 + bytes[cursor.at++]! - ZERO;
    const digits = cursor.at - start;
    return digits === 0 || digits > QUICK_DIGITS ? -1 : value;
  }

  /** Finds the start of the voter id, leaves the cursor behind it; -1 for an id that needs a closer look. */
  function readVoter(bytes: Uint8Array, end: number): number {
    const start = cursor.at;
    const number = readNumber(bytes, end);
    const isWhole =
      number >= 0 &&
      (cursor.at === end || bytes[cursor.at] === SEMICOLON) &&
      (bytes[start] !== ZERO || cursor.at - start === 1);
    return isWhole ? number : -1;
  }

  return (record) => {
    if (record.hasQuote || record.end === record.start || (withPoints && columns.points < columns.vote)) return false;
    const { bytes, end } = record;
    let voter = -1;
    let textStart = -1;
    let textEnd = -1;
    let column = 0;
    cursor.at = record.start;
    for (;;) {
      if (column === columns.vote) {
        slip.voteColumn = cursor.at - record.start + 1;
        if (!readVote(bytes, end)) return false;
      } else if (column === columns.points) {
        slip.pointsColumn = cursor.at - record.start + 1;
        if (!readPoints(bytes, end)) return false;
      } else if (column === columns.voter) {
        textStart = cursor.at;
        voter = readVoter(bytes, end);
        textEnd = skipField(bytes, end, cursor);
        if (voter < 0 && !isPlainText(bytes, textStart, textEnd)) return false;
      } else if (!isFieldAscii(bytes, end, cursor)) return false;
      column++;
      if (cursor.at === end) break;
      cursor.at++;
    }
    if (column !== columns.width || columns.voter < 0 || columns.vote < 0) return false;
    slip.line = record.line;
    if (voter >= 0) return voterIds.addNumber(voter);
    const id = ascii(bytes, textStart, textEnd);
    return !SECTION_NAME.test(id) && voterIds.addText(id);
  };
}

function skipField(bytes: Uint8Array, end: number, cursor: { at: number }): number {
  while (cursor.at < end && bytes[cursor.at] !== SEMICOLON) cursor.at++;
  return cursor.at;
}

/** Skips a field that says nothing to the rules; text beyond ASCII is left to the decoder, which checks it. */
function isFieldAscii(bytes: Uint8Array, end: number, cursor: { at: number }): boolean {
  for (; cursor.at < end && bytes[cursor.at] !== SEMICOLON; cursor.at++) if (bytes[cursor.at]! > 126) return false;
  return true;
}

function isPlainText(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i]! <= 32 || bytes[i]! > 126) return false;
  return end > start;
}

function ascii(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let i = start; i < end; i++) text += String.fromCharCode(bytes[i]!);
  return text;
}
