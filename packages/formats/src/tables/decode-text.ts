export type TextEncoding = 'utf-8' | 'utf-8-bom' | 'utf-16' | 'windows-1252' | 'mixed';

export interface DecodedText {
  readonly text: string;
  readonly encoding: TextEncoding;
  /** Lines that were not UTF-8 in a file of which other lines are. */
  readonly mixedLines: number;
}

/** Text of a file that does not say its encoding: UTF-8 when it is, else cp1252, else each line for itself. */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return whole(new TextDecoder('utf-16le').decode(bytes), 'utf-16');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return whole(new TextDecoder('utf-16be').decode(bytes), 'utf-16');
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const body = marked ? bytes.subarray(3) : bytes;
  const text = decodeUtf8(body);
  if (text !== null) return whole(text, marked ? 'utf-8-bom' : 'utf-8');
  return decodeByLine(body);
}

/** Some exports write the UTF-8 mark a second time as three cp1252 letters. */
const MARK_AS_LETTERS = '\u00ef\u00bb\u00bf';

function whole(text: string, encoding: TextEncoding): DecodedText {
  return { text: withoutMark(text), encoding, mixedLines: 0 };
}

function withoutMark(text: string): string {
  const bare = text.startsWith('\ufeff') ? text.slice(1) : text;
  return bare.startsWith(MARK_AS_LETTERS) ? bare.slice(MARK_AS_LETTERS.length) : bare;
}

function decodeByLine(bytes: Uint8Array): DecodedText {
  const parts: string[] = [];
  let unicodeLines = 0;
  let otherLines = 0;
  for (let start = 0; start < bytes.length;) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline + 1;
    const line = bytes.subarray(start, end);
    const unicode = decodeUtf8(line);
    if (unicode === null) otherLines += 1;
    else if (unicode.length < line.length) unicodeLines += 1;
    parts.push(unicode ?? decodeCp1252(line));
    start = end;
  }
  const encoding = unicodeLines > 0 ? 'mixed' : 'windows-1252';
  return { text: withoutMark(parts.join('')), encoding, mixedLines: unicodeLines > 0 ? otherLines : 0 };
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The 32 places where cp1252 differs from Latin-1; done here because some runtimes decode it as Latin-1. */
const CP1252_HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function decodeCp1252(bytes: Uint8Array): string {
  return new TextDecoder('latin1')
    .decode(bytes)
    .replace(/[\u0080-\u009f]/g, (letter) => CP1252_HIGH[letter.charCodeAt(0) - 0x80] ?? letter);
}
