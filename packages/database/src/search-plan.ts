import { sql } from 'kysely';
import type { Id } from '@terreau/kernel/ids';
import type { Tx } from './transaction.ts';

/** What is read of a query; the rest costs nothing. */
export const SEARCH_TEXT_MAX_CHARACTERS = 200;
/** Words looked up in one query; further ones are not read. */
export const SEARCH_WORDS_MAX = 12;
/** Words that may stand for one word of the query (family, beginning, spelling). */
const VARIANTS_MAX = 24;

/** One word of a query, with the lexemes that may stand for it, each with a weight from 0 to 1. */
export interface SearchWord {
  readonly written: string;
  /** How much the word tells sheets apart; 0 in a territory where every sheet holds it. */
  readonly weight: number;
  readonly variants: readonly SearchVariant[];
}

export interface SearchVariant {
  readonly lexeme: string;
  readonly weight: number;
}

/** A query cut into words and compared with a territory's vocabulary. */
export interface SearchPlan {
  readonly words: readonly SearchWord[];
  /** Number of sheets that hold at least each word's variants, in the order of `words`; an upper bound. */
  readonly documents: readonly number[];
  /** What was searched instead, when spelling was corrected. */
  readonly correctedText: string | null;
}

interface VocabularyRow {
  readonly nth: number;
  readonly word: string;
  readonly relation: 'same' | 'family' | 'beginning' | 'near';
  readonly shown: string;
  readonly lexeme: string;
  readonly likeness: number;
  readonly documents: number;
  readonly sheets: number;
}

/** Reads the words of `text` against the vocabulary of a territory. An empty or unreadable text has no words. */
export async function planSearch(tx: Tx, territoryId: Id, text: string): Promise<SearchPlan> {
  const { rows } = await vocabulary(tx, territoryId, boundedText(text));
  const byWord = Map.groupBy(rows, (row) => row.nth);
  const groups = [...byWord.values()].slice(0, SEARCH_WORDS_MAX).map(chooseVariants);
  return {
    words: groups.map((group) => group.word),
    documents: groups.map((group) => group.documents),
    correctedText: groups.some((group) => group.corrected) ? groups.map((group) => group.shown).join(' ') : null
  };
}

/** The part of a text that is read: bounded, without control characters (PostgreSQL refuses NUL). */
export function boundedText(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text
    .slice(0, SEARCH_TEXT_MAX_CHARACTERS)
    .toWellFormed()
    .replace(/[\u0000-\u001f\u007f]/g, ' ');
}

function vocabulary(tx: Tx, territoryId: Id, text: string) {
  return sql<VocabularyRow>`
    with asked as materialized (
      select nth::int as nth, word, lexeme, root, nth = max(nth) over () as is_last
      from search_analyse(${text}) where lexeme is not null order by nth limit ${SEARCH_WORDS_MAX}),
    exact as materialized (
      select a.nth, t.documents from asked a join search_term t on t.territory_id = ${territoryId} and t.lexeme = a.lexeme),
    found as (
      select a.nth, a.word, 'same' as relation, a.word as shown, a.lexeme, 1::real as likeness from asked a
      union all
      select a.nth, a.word, 'family', w.shown, w.lexeme, similarity(w.word, a.word)
      from asked a join lateral (select * from search_word w where w.root = a.root and w.lexeme <> a.lexeme limit ${VARIANTS_MAX}) w on true
      union all
      select a.nth, a.word, 'beginning', w.shown, w.lexeme, length(a.word)::real / length(w.word)
      from asked a join lateral (
        select * from search_word w where w.word like a.word || '%' and w.lexeme <> a.lexeme order by length(w.word) limit ${VARIANTS_MAX}) w on true
      where a.is_last and length(a.word) >= 3
      union all
      select a.nth, a.word, 'near', w.shown, w.lexeme, w.likeness
      from asked a join lateral (
        select w.*, similarity(w.word, a.word) as likeness from search_word w
        where w.word % a.word order by likeness desc, w.word limit ${VARIANTS_MAX}) w on true
      where length(a.word) between 4 and 40 and not exists (select from exact e where e.nth = a.nth))
    select f.*, t.documents, coalesce(n.documents, 0) as sheets
    from (select distinct on (nth, lexeme, relation) * from found order by nth, lexeme, relation, likeness desc) f
    left join search_term t on t.territory_id = ${territoryId} and t.lexeme = f.lexeme
    left join search_term n on n.territory_id = ${territoryId} and n.lexeme = ''
    where t.documents > 0 or f.relation = 'same'
    order by f.nth, f.likeness desc, f.lexeme`.execute(tx);
}

/** A variant of the same family says nearly the same; a corrected spelling stands in for a word that nobody wrote. */
const FAMILY_WEIGHT = 0.9;
const BEGINNING_WEIGHT = 0.7;
const NEAR_LIKENESS_MIN = 0.4;

interface ChosenWord {
  readonly word: SearchWord;
  readonly documents: number;
  readonly shown: string;
  readonly corrected: boolean;
}

function chooseVariants(rows: readonly VocabularyRow[]): ChosenWord {
  const same = rows.find((row) => row.relation === 'same')!;
  const kept = rows.filter(
    (row) => row.documents > 0 && (row.relation === 'same' || row.relation === 'family' || row.relation === 'beginning')
  );
  const corrected =
    kept.length === 0
      ? rows.filter((row) => row.relation === 'near' && row.likeness >= NEAR_LIKENESS_MIN).slice(0, 1)
      : [];
  const weights = new Map<string, number>();
  for (const row of [...kept, ...corrected]) {
    const weight = row.relation === 'family' ? FAMILY_WEIGHT : row.relation === 'beginning' ? BEGINNING_WEIGHT : 1;
    weights.set(row.lexeme, Math.max(weight, weights.get(row.lexeme) ?? 0));
  }
  const documents = [...new Map([...kept, ...corrected].map((row) => [row.lexeme, row.documents])).values()].reduce(
    (sum, n) => sum + n,
    0
  );
  const sheets = Math.max(same.sheets, documents, 1);
  return {
    word: {
      written: same.word,
      weight: Math.log(1 + (sheets - documents + 0.5) / (documents + 0.5)),
      variants: [...weights].map(([lexeme, weight]) => ({ lexeme, weight }))
    },
    documents,
    shown: corrected[0]?.shown ?? same.word,
    corrected: corrected.length > 0
  };
}
