import type { Id } from '@terreau/kernel/ids';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { SearchPlan, SearchWord } from './search-plan.ts';
import { sheetScorer } from './search-ranking.ts';
import type { Tx } from './transaction.ts';

/** Sheets that one query reads before it ranks them; with more, the answer says "more than". */
export const SEARCH_CANDIDATES_MAX = 1000;
/** The best of them, which are ranked again with all their words. */
const RERANKED_MAX = 120;
/** A sheet that holds less than this share of what the best one holds of the query is no answer. */
const COVERAGE_SHARE_MIN = 0.2;

/** Filters of one search: all of `all`, and one of each list of `oneOf`, as marks of `search_document`. */
export interface SearchMarks {
  readonly all: readonly string[];
  readonly oneOf: readonly (readonly string[])[];
}

/** The condition that a document `d` carries the marks. */
export function carriesMarks(marks: SearchMarks): RawBuilder<SqlBool> {
  const lists = marks.oneOf.filter((list) => list.length > 0).map((list) => sql`d.marks && ${list}::text[]`);
  return sql<SqlBool>`${sql.join([sql`d.marks @> ${marks.all}::text[]`, ...lists], sql` and `)}`;
}

/** A sheet with its score, the greater the better. */
export interface RankedSheet {
  readonly organizationId: Id;
  readonly score: number;
}

/**
 * What the first page of a ranking fixed for the next ones: with it a sheet's rank depends on that sheet alone,
 * so that rows that change meanwhile make neither gap nor duplicate among the others.
 */
export interface RankingFrame {
  /** The last sheet that was ranked again; those below keep their first score. */
  readonly boundary: RankedSheet;
  readonly coverageMin: number;
}

export interface RankedPage {
  readonly sheets: readonly (RankedSheet & { readonly reranked: boolean })[];
  readonly frame: RankingFrame;
  readonly total: number;
  readonly totalIsExact: boolean;
  readonly hasMore: boolean;
}

/** Where a page begins: after this sheet, in the frame of the first page. */
export interface RankedStart {
  readonly frame: RankingFrame;
  readonly last: RankedSheet & { readonly reranked: boolean };
}

/**
 * One page of the sheets `d` that answer `plan` under `condition`, best first. The work is bounded before anything is
 * ranked: only what the rare words of the query reach is read, at most {@link SEARCH_CANDIDATES_MAX} sheets of each reach.
 */
export async function rankSheets(
  tx: Tx,
  plan: SearchPlan,
  condition: RawBuilder<SqlBool>,
  limit: number,
  start?: RankedStart
): Promise<RankedPage> {
  const words = plan.words.filter((word) => word.variants.length > 0);
  if (words.length === 0) return EMPTY_PAGE;
  for (const reach of reaches(words)) {
    const page = await pageWithin(tx, plan.words, words, reach, condition, limit, start);
    if (page.total > 0 || start) return page;
  }
  return EMPTY_PAGE;
}

const NO_SHEET: RankedSheet = { organizationId: '00000000-0000-0000-0000-000000000000' as Id, score: -1 };
const EMPTY_PAGE: RankedPage = {
  sheets: [],
  frame: { boundary: NO_SHEET, coverageMin: 0 },
  total: 0,
  totalIsExact: true,
  hasMore: false
};

/** Ways to reach the sheets, the first that answers being kept: each a list of tsquery whose answers are read up to the limit. */
function reaches(words: readonly SearchWord[]): string[][] {
  const byRarity = [...words].sort((a, b) => a.documents - b.documents);
  const rare: SearchWord[] = [];
  let total = 0;
  for (const word of byRarity) {
    total += word.documents;
    if (total > SEARCH_CANDIDATES_MAX) break;
    rare.push(word);
  }
  if (rare.length > 0) return [[rare.map((word) => anyVariant(word)).join(' | ')]];
  // Every word is common: the names that hold them all first, then the sheets that do, then the rarest word alone.
  return [
    [
      byRarity.map((word) => `(${anyVariant(word, '=')})`).join(' & '),
      byRarity.map((word) => `(${anyVariant(word)})`).join(' & ')
    ],
    [anyVariant(byRarity[0]!, '='), anyVariant(byRarity[0]!)]
  ];
}

/** A tsquery that any variant of a word satisfies; `prefix` is `=` for the name alone, `field` a weight's letter. */
export function anyVariant(word: SearchWord, prefix = '', field = ''): string {
  return word.variants.map(({ lexeme }) => `${quoted(prefix + lexeme)}${field && `:${field}`}`).join(' | ');
}

function quoted(lexeme: string): string {
  return `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

interface CandidateRow extends RankedSheet {
  readonly passages: string[];
  readonly described: number[];
  readonly lexemes: number;
  readonly coverage: number;
  readonly coverageMin: number;
  readonly total: number;
  readonly reads: number;
}

async function pageWithin(
  tx: Tx,
  all: readonly SearchWord[],
  words: readonly SearchWord[],
  reach: readonly string[],
  condition: RawBuilder<SqlBool>,
  limit: number,
  start: RankedStart | undefined
): Promise<RankedPage> {
  const scored = candidates(words, reach, condition, start?.frame.coverageMin);
  const top = await readTop(tx, scored, words, start?.frame.boundary);
  const score = sheetScorer(all);
  const described = (row: CandidateRow) => all.map((word) => row.described[words.indexOf(word)] ?? 0);
  const reranked = top
    .map((row) => ({
      organizationId: row.organizationId,
      score: score({ ...row, described: described(row) }),
      reranked: true
    }))
    .sort(compareSheets);
  const frame = start?.frame ?? {
    boundary: top.at(-1) ? pick(top.at(-1)!) : NO_SHEET,
    coverageMin: top[0]?.coverageMin ?? 0
  };
  const fromTop = start
    ? start.last.reranked
      ? reranked.filter((sheet) => compareSheets(sheet, start.last) > 0)
      : []
    : reranked;
  const isWhole = fromTop.length > limit || (!start && top.length < RERANKED_MAX);
  const below = isWhole
    ? []
    : await readBelow(
        tx,
        scored,
        start && !start.last.reranked ? start.last : frame.boundary,
        limit + 1 - fromTop.length
      );
  const sheets = [...fromTop, ...below.map((row) => ({ ...pick(row), reranked: false }))];
  const counted = top[0] ?? below[0];
  return {
    sheets: sheets.slice(0, limit),
    frame,
    total: Math.min(counted?.total ?? 0, SEARCH_CANDIDATES_MAX),
    totalIsExact: (counted?.reads ?? 0) < SEARCH_CANDIDATES_MAX,
    hasMore: sheets.length > limit
  };
}

function pick({ organizationId, score }: RankedSheet): RankedSheet {
  return { organizationId, score };
}

function compareSheets(a: RankedSheet, b: RankedSheet): number {
  return b.score - a.score || (a.organizationId < b.organizationId ? -1 : a.organizationId > b.organizationId ? 1 : 0);
}

/** What a word is worth in the rest (D), in themes, needs and offers (C), services (B), the name (A), before ranking again. */
const FIELD_WEIGHTS = '{0.15,0.5,0.6,1}';

/** The candidates with a first score and the share of the query that they hold; those that hold too little are left out. */
function candidates(
  words: readonly SearchWord[],
  reach: readonly string[],
  condition: RawBuilder<SqlBool>,
  coverageMin: number | undefined
) {
  const weight = words.reduce((sum, word) => sum + word.weight, 0) || 1;
  const ranks = words.map(
    (word) =>
      sql`ts_rank(${FIELD_WEIGHTS}::real[], d.terms, ${anyVariant(word)}::tsquery) * ${word.variants.length}::int`
  );
  const scores = words.map((word, index) => sql`${word.weight / weight}::float8 * least(r.ranks[${index + 1}], 1)`);
  const held = words.map(
    (word, index) => sql`case when r.ranks[${index + 1}] > 0 then ${word.weight / weight}::float8 else 0 end`
  );
  const reads = reach.map(
    // A long list of words stands apart, compressed: concatenated to nothing, it is read once rather than for each word.
    (query) => sql`(select d.organization_id, d.terms || ''::tsvector as terms from search_document d
      where d.terms @@ ${query}::tsquery and ${condition} limit ${SEARCH_CANDIDATES_MAX})`
  );
  const first =
    reads.length === 1
      ? reads[0]!
      : sql`(select distinct on (organization_id) * from (${sql.join(reads, sql` union all `)}) as u)`;
  return sql`
    with scored as materialized (
      select d.organization_id, (${sql.join(scores, sql` + `)}) / (0.7 + 0.3 * least(length(d.terms), 400) / 70.0) as score,
        ${sql.join(held, sql` + `)} as coverage
      from ${first} as d cross join lateral (select array[${sql.join(ranks)}]::float8[] as ranks offset 0) as r),
    bounds as materialized (select count(*)::int as reads, ${coverageMin ?? sql`max(coverage) * ${COVERAGE_SHARE_MIN}`}::float8 as coverage_min from scored),
    answers as (select scored.*, bounds.reads, bounds.coverage_min, (count(*) over ())::int as total from scored, bounds where coverage >= coverage_min)`;
}

/** The first sheets of the ranking with their texts: the best, or all down to `boundary`. */
async function readTop(
  tx: Tx,
  scored: RawBuilder<unknown>,
  words: readonly SearchWord[],
  boundary: RankedSheet | undefined
) {
  // The number of sheets above a boundary may grow meanwhile; twice as many still bounds the work.
  const down = boundary ? sql`where ${atOrAbove(boundary)}` : sql``;
  const described = words.map(
    (word) => sql`ts_rank('{1,0,0,0}'::real[], s.terms, ${anyVariant(word)}::tsquery) * ${word.variants.length}::int`
  );
  const { rows } = await sql<CandidateRow>`
    ${scored}
    select t.organization_id as "organizationId", t.score, s.passages, t.coverage, t.total, t.reads, t.coverage_min as "coverageMin",
      length(s.terms) as lexemes, array[${sql.join(described)}]::float8[] as described
    from (select * from answers ${down} order by score desc, organization_id limit ${boundary ? 2 * RERANKED_MAX : RERANKED_MAX}) as t
    join lateral (select organization_id, passages, terms || ''::tsvector as terms from search_document d
      where d.organization_id = t.organization_id offset 0) as s on true
    order by t.score desc, t.organization_id`.execute(tx);
  return rows;
}

/** The sheets after `last` in the order of their first score. */
async function readBelow(tx: Tx, scored: RawBuilder<unknown>, last: RankedSheet, count: number) {
  if (last.score < 0) return [];
  const { rows } = await sql<CandidateRow>`
    ${scored}
    select organization_id as "organizationId", score, total, reads from answers where not ${atOrAbove(last)}
    order by score desc, organization_id limit ${count}`.execute(tx);
  return rows;
}

function atOrAbove({ score, organizationId }: RankedSheet): RawBuilder<SqlBool> {
  return sql<SqlBool>`(score > ${score}::float8 or (score = ${score}::float8 and organization_id <= ${organizationId}::uuid))`;
}
