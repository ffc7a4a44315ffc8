import { firmSpaces } from '#lib/firm-spaces.ts';

/** A piece of a line: words, or a web address with where it leads. */
export interface Piece {
  text: string;
  href: string | null;
}

const webAddress = /https?:\/\/[^\s<>"'«»]+/g;

/** Typed text as paragraphs of lines of pieces. Blank lines part paragraphs; punctuation after an address is not part of it. */
export function paragraphsOf(text: string): Piece[][][] {
  return text
    .replace(/\r\n?/g, '\n')
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => paragraph.split('\n').map(piecesOf));
}

function piecesOf(line: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of line.matchAll(webAddress)) {
    const address = match[0].replace(/[.,;:!?)\]]+$/, '');
    if (!URL.canParse(address)) continue;
    if (match.index > end) pieces.push({ text: firmSpaces(line.slice(end, match.index)), href: null });
    pieces.push({ text: address, href: address });
    end = match.index + address.length;
  }
  if (end < line.length) pieces.push({ text: firmSpaces(line.slice(end)), href: null });
  return pieces;
}
