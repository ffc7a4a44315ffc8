import type { Id } from '@terreau/kernel/ids';
import { sql } from 'kysely';
import { FILLERS } from './search-fillers.ts';
import { otherWords, type OwnWords } from './search-synonyms.ts';
import type { Tx } from './transaction.ts';

/** What is read of a query; the rest costs nothing. */
export const SEARCH_TEXT_MAX_CHARACTERS = 200;
/** Words looked up in one query; further ones are not read. */
export const SEARCH_WORDS_MAX = 12;
/** Words of the vocabulary that may stand for one word of the query, for each reason. */
const VARIANTS_MAX = 12;
/** Variants kept for a whole query, the best of each word: a cursor carries them in the address bar. */
const VARIANTS_OF_QUERY_MAX = 96;

/** One word of a query, with the lexemes that may stand for it. */
export interface SearchWord {
  readonly lexeme: string;
  /** How much the word tells sheets apart: nearly 0 where every sheet holds it. */
  readonly weight: number;
  /** Sheets that hold it, at most. */
  readonly documents: number;
  /** Weights from 0 to 1. */
  readonly variants: readonly { readonly lexeme: string; readonly weight: number }[];
}

/** A query cut into words and compared with a territory's vocabulary. */
export interface SearchPlan {
  readonly words: readonly SearchWord[];
  /** What was searched instead, when spelling was corrected. */
  readonly correctedText: string | null;
}

type Relation = 'same' | 'meant' | 'family' | 'beginning' | 'joined' | 'split' | 'near';

interface VocabularyRow {
  readonly nth: number;
  readonly asked: string;
  readonly relation: Relation;
  readonly shown: string;
  readonly lexeme: string;
  readonly likeness: number;
  readonly edits: number;
  readonly documents: number | null;
  readonly sheets: number;
}

/**
 * Reads the words of `text` against the vocabulary of a territory, with what the territory says in its own way.
 * An empty or unreadable text has no words.
 */
export async function planSearch(
  tx: Tx,
  territoryId: Id,
  text: string,
  own: readonly OwnWords[] = []
): Promise<SearchPlan> {
  const read = boundedText(text);
  if (read.trim() === '') return { words: [], correctedText: null };
  const { rows } = await vocabulary(tx, territoryId, read, own);
  const asked = Map.groupBy(rows, (row) => row.nth);
  const most = Math.floor(VARIANTS_OF_QUERY_MAX / asked.size);
  const chosen = [...asked.values()].map((found) => chooseVariants(found, most));
  const words = chosen.some(({ word, isFiller }) => !isFiller && word.variants.length > 0)
    ? chosen.filter((choice) => !choice.isFiller)
    : chosen;
  return {
    words: words.map(({ word }) => word),
    correctedText: words.some(({ corrected }) => corrected) ? words.map(({ shown }) => shown).join(' ') : null
  };
}

/** The part of a text that is read: bounded, well formed, without control characters (PostgreSQL refuses NUL). */
export function boundedText(text: string): string {
  return text
    .slice(0, SEARCH_TEXT_MAX_CHARACTERS)
    .toWellFormed()
    .replace(/\p{Cc}/gu, ' ');
}

function vocabulary(tx: Tx, territoryId: Id, text: string, own: readonly OwnWords[]) {
  const { said, means } = otherWords(text, own);
  return sql<VocabularyRow>`
    select * from search_vocabulary(${territoryId}::uuid, ${text}, ${said}::text[], ${means}::text[], ${SEARCH_WORDS_MAX}, ${VARIANTS_MAX})`.execute(
    tx
  );
}

/** What a variant is worth beside the word itself. */
const VARIANT_WEIGHTS: Readonly<Record<Exclude<Relation, 'near'>, number>> = {
  same: 1,
  joined: 1,
  split: 0.9,
  family: 0.9,
  meant: 0.8,
  beginning: 0.7
};
/** A spelling is corrected when so few letters differ, and stays a faint hint otherwise. */
const EDITS_MAX = 2;
const SHORT_WORD_EDITS_MAX = 1;
const SHORT_WORD_CHARACTERS = 5;
const CORRECTION_WEIGHT = 0.9;
const HINT_WEIGHT = 0.5;
const HINT_LIKENESS_MIN = 0.45;
const HINTS_MAX = 3;

interface ChosenWord {
  readonly word: SearchWord;
  readonly shown: string;
  readonly corrected: boolean;
  readonly isFiller: boolean;
}

function chooseVariants(rows: readonly VocabularyRow[], most: number): ChosenWord {
  const same = rows[0]!;
  const known = rows.filter((row) => row.documents && row.relation !== 'near');
  const correction = known.length === 0 ? bestCorrection(rows) : undefined;
  const hints =
    known.length === 0 && !correction
      ? rows.filter((row) => row.relation === 'near' && row.likeness >= HINT_LIKENESS_MIN).slice(0, HINTS_MAX)
      : [];
  const variants = new Map<string, { weight: number; documents: number }>();
  for (const row of [...known, ...(correction ? [correction] : []), ...hints]) {
    const weight =
      row === correction
        ? CORRECTION_WEIGHT
        : row.relation === 'near'
          ? HINT_WEIGHT * row.likeness
          : VARIANT_WEIGHTS[row.relation]!;
    variants.set(row.lexeme, {
      weight: Math.max(weight, variants.get(row.lexeme)?.weight ?? 0),
      documents: row.documents ?? 0
    });
  }
  const kept = [...variants].sort(([, a], [, b]) => b.weight - a.weight).slice(0, most);
  const documents = kept.reduce((sum, [, variant]) => sum + variant.documents, 0);
  return {
    word: {
      lexeme: same.lexeme,
      weight: inverseFrequency(documents, same.sheets),
      documents,
      variants: kept.map(([lexeme, { weight }]) => ({ lexeme, weight }))
    },
    shown: correction?.shown ?? same.asked,
    corrected: correction !== undefined,
    isFiller: FILLERS.has(same.asked)
  };
}

/** The spelling with the fewest letters to change; among equals, the one that most sheets use. */
function bestCorrection(rows: readonly VocabularyRow[]): VocabularyRow | undefined {
  return rows
    .filter(
      (row) =>
        row.relation === 'near' &&
        row.edits <= (row.asked.length <= SHORT_WORD_CHARACTERS ? SHORT_WORD_EDITS_MAX : EDITS_MAX)
    )
    .sort((a, b) => a.edits - b.edits || (b.documents ?? 0) - (a.documents ?? 0) || (a.shown < b.shown ? -1 : 1))[0];
}

function inverseFrequency(documents: number, sheets: number): number {
  return Math.log(1 + (Math.max(sheets - documents, 0) + 0.5) / (documents + 0.5));
}
