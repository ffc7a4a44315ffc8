/**
 * Splits the bytes of a `.pb` file into records (lines, unless a quoted field holds a line break). Works on bytes and
 * hands out positions: most lines of a large file are ballots, which never become strings.
 */
export interface PabulibRecord {
  /** Valid until the next call: the bytes are the reader's own buffer. */
  bytes: Uint8Array;
  /** Without the line break. */
  start: number;
  end: number;
  /** Line on which the record begins; 1 for the first. */
  line: number;
  /** Whether a `"` stands anywhere in it. */
  hasQuote: boolean;
}

export interface RecordSplitter {
  readonly push: (chunk: Uint8Array) => void;
  readonly end: () => void;
}

/** Longest record, in bytes: an unclosed quote or a file without line breaks ends the reading here, not the memory. */
export const RECORD_BYTES = 4 * 1024 * 1024;

export interface RecordTakers {
  readonly record: (record: PabulibRecord) => void;
  readonly tooLong: (line: number) => void;
  readonly unclosedQuote: (line: number, column: number) => void;
  readonly byteOrderMark: () => void;
}

const QUOTE = 34;
const NEWLINE = 10;
const RETURN = 13;
const SEMICOLON = 59;

export function createRecordSplitter(takers: RecordTakers): RecordSplitter {
  const record: PabulibRecord = { bytes: new Uint8Array(0), start: 0, end: 0, line: 1, hasQuote: false };
  let kept = new Uint8Array(0);
  let searched = 0;
  let line = 1;
  let isFirst = true;
  let isStopped = false;

  function push(chunk: Uint8Array): void {
    if (isStopped || chunk.length === 0) return;
    const bytes = kept.length === 0 ? chunk : joined(kept, chunk);
    const from = isFirst ? afterMark(bytes) : 0;
    if (from < 0) {
      kept = bytes.slice();
      return;
    }
    isFirst = false;
    const rest = take(bytes, from);
    if (isStopped) return;
    searched = Math.max(0, searched - rest);
    kept = bytes.slice(rest);
    if (kept.length > RECORD_BYTES) stop();
  }

  function stop(): void {
    isStopped = true;
    kept = new Uint8Array(0);
    takers.tooLong(line);
  }

  /** Hands out all complete records; where the incomplete one begins. */
  function take(bytes: Uint8Array, from: number): number {
    let at = from;
    let quote = bytes.indexOf(QUOTE, at);
    for (;;) {
      if (quote >= 0 && quote < at) quote = bytes.indexOf(QUOTE, at);
      const newline = bytes.indexOf(NEWLINE, Math.max(at, searched));
      const hasQuote = quote >= 0 && (newline < 0 || quote < newline);
      const end = hasQuote ? quotedEnd(bytes, at) : newline;
      if (end < 0) {
        searched = hasQuote ? at : bytes.length;
        return at;
      }
      searched = 0;
      if (end - at > RECORD_BYTES) {
        stop();
        return bytes.length;
      }
      give(bytes, at, end, hasQuote);
      line += hasQuote ? countNewlines(bytes, at, end) + 1 : 1;
      at = end + 1;
    }
  }

  function give(bytes: Uint8Array, start: number, end: number, hasQuote: boolean): void {
    record.bytes = bytes;
    record.start = start;
    record.end = end > start && bytes[end - 1] === RETURN ? end - 1 : end;
    record.line = line;
    record.hasQuote = hasQuote;
    takers.record(record);
  }

  function afterMark(bytes: Uint8Array): number {
    if (bytes[0] !== 0xef) return 0;
    if (bytes.length < 3) return -1;
    if (bytes[1] !== 0xbb || bytes[2] !== 0xbf) return 0;
    takers.byteOrderMark();
    return 3;
  }

  /** A last line without line break is a record like any other. */
  function end(): void {
    if (isStopped || kept.length === 0) return;
    const hasQuote = kept.includes(QUOTE);
    if (hasQuote) {
      const open = openQuote(kept);
      if (open >= 0) takers.unclosedQuote(line + countNewlines(kept, 0, open), open - lastNewline(kept, open));
    }
    give(kept, 0, kept.length, hasQuote);
    kept = new Uint8Array(0);
  }

  return { push, end };
}

/** Where the record that begins at `from` ends (its line break), or -1 when the bytes end first. */
const quotedEnd = (bytes: Uint8Array, from: number): number => scanQuotes(bytes, from, true).end;

/** Where the field begins whose quote is still open at the end of the bytes, or -1. */
const openQuote = (bytes: Uint8Array): number => scanQuotes(bytes, 0, false).open;

/** A field is quoted when its first byte is a quote; inside, a doubled quote stands for one, and line breaks are text. */
function scanQuotes(bytes: Uint8Array, from: number, stopAtLineBreak: boolean): { end: number; open: number } {
  let fieldStart = from;
  let inQuotes = false;
  for (let i = from; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte === QUOTE) {
      if (bytes[fieldStart] === QUOTE) inQuotes = !inQuotes;
    } else if (inQuotes) continue;
    else if (byte === SEMICOLON) fieldStart = i + 1;
    else if (byte === NEWLINE) {
      if (stopAtLineBreak) return { end: i, open: -1 };
      fieldStart = i + 1;
    }
  }
  return { end: -1, open: inQuotes ? fieldStart : -1 };
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function countNewlines(bytes: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i++) if (bytes[i] === NEWLINE) count++;
  return count;
}

function lastNewline(bytes: Uint8Array, before: number): number {
  return before === 0 ? -1 : bytes.lastIndexOf(NEWLINE, before - 1);
}
