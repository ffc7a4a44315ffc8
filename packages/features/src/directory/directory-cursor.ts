import type { RankedStart } from '@terreau/database/search';
import type { SearchPlan } from '@terreau/database/search-plan';
import type { Id } from '@terreau/kernel/ids';
import * as v from 'valibot';

/**
 * Where the next page of the directory begins. A cursor of a ranking carries the words as the first page read them and
 * what it fixed, so that the order does not move under the reader. It comes back from the address bar: it is checked, never trusted.
 */
export type DirectoryCursor =
  | { readonly kind: 'name'; readonly sortName: string; readonly id: Id }
  | { readonly kind: 'distance'; readonly metres: number; readonly id: Id }
  | { readonly kind: 'rank'; readonly plan: SearchPlan; readonly start: RankedStart };

export const CURSOR_MAX_CHARACTERS = 8000;
const LEXEME_MAX_CHARACTERS = 60;
const VARIANTS_MAX = 80;
const WORDS_MAX = 12;

export function writeCursor(cursor: DirectoryCursor): string {
  return Buffer.from(JSON.stringify(cursor), 'utf8').toString('base64url');
}

/** The cursor that `text` holds, or null when it holds none: the list then begins at its first page. */
export function readCursor(text: string | undefined): DirectoryCursor | null {
  if (!text || text.length > CURSOR_MAX_CHARACTERS) return null;
  try {
    const parsed = v.safeParse(CURSOR, JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    return parsed.success ? (parsed.output as DirectoryCursor) : null;
  } catch {
    return null;
  }
}

const ID = v.pipe(v.string(), v.uuid());
const NUMBER = v.pipe(v.number(), v.finite());
const SHARE = v.pipe(v.number(), v.minValue(0), v.maxValue(100));
const LEXEME = v.pipe(v.string(), v.minLength(1), v.maxLength(LEXEME_MAX_CHARACTERS), v.excludes('\u0000'));
const SHEET = { organizationId: ID, score: NUMBER };
const WORD = v.strictObject({
  lexeme: LEXEME,
  weight: SHARE,
  documents: v.pipe(v.number(), v.integer(), v.minValue(0)),
  variants: v.pipe(v.array(v.strictObject({ lexeme: LEXEME, weight: SHARE })), v.maxLength(VARIANTS_MAX))
});
const CURSOR = v.variant('kind', [
  v.strictObject({
    kind: v.literal('name'),
    sortName: v.pipe(v.string(), v.maxLength(200), v.excludes('\u0000')),
    id: ID
  }),
  v.strictObject({ kind: v.literal('distance'), metres: NUMBER, id: ID }),
  v.strictObject({
    kind: v.literal('rank'),
    plan: v.strictObject({
      words: v.pipe(v.array(WORD), v.maxLength(WORDS_MAX)),
      correctedText: v.nullable(v.pipe(v.string(), v.maxLength(1000)))
    }),
    start: v.strictObject({
      frame: v.strictObject({ boundary: v.strictObject(SHEET), coverageMin: NUMBER }),
      last: v.strictObject({ ...SHEET, reranked: v.boolean() })
    })
  })
]);
