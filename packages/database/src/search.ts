import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Id } from '@terreau/kernel/ids';
import type { SearchPlan, SearchWord } from './search-plan.ts';
import type { Tx } from './transaction.ts';

/** Sheets that are ranked for one query; what is beyond is counted as "more than". */
export const SEARCH_CANDIDATES_MAX = 1000;

/** A sheet that answers a query. A greater score answers better. */
export interface RankedSheet {
  readonly organizationId: Id;
  readonly score: number;
}

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

/**
 * The sheets that answer a plan, best first, at most {@link SEARCH_CANDIDATES_MAX}. Only what the rare words of the query
 * reach is read: the work is bounded before anything is ranked.
 */
export async function rankSheets(tx: Tx, plan: SearchPlan, condition: RawBuilder<SqlBool>): Promise<RankedSheet[]> {
  const words = plan.words.filter((word) => word.variants.length > 0);
  if (words.length === 0) return [];
  const weights = words.map(
    (word) => sql`${word.weight}::float8 * ts_rank(${FIELD_WEIGHTS}::real[], d.terms, ${anyVariant(word)}::tsquery)`
  );
  const { rows } = await sql<RankedSheet>`
    select organization_id as "organizationId", score from (
      select d.organization_id, ${sql.join(weights, sql` + `)} as score
      from search_document d
      where d.terms @@ ${reach(plan)}::tsquery and ${condition}
      limit ${SEARCH_CANDIDATES_MAX}) as c
    order by score desc, organization_id`.execute(tx);
  return rows;
}

/** What a word is worth in the rest (D), in themes, needs and offers (C), services (B), the name (A). */
const FIELD_WEIGHTS = [0.1, 0.3, 0.5, 1];

/** The rare words of a plan, any of them; when even the rarest is common, all of its words together. */
function reach(plan: SearchPlan): string {
  const known = plan.words
    .map((word, index) => ({ word, documents: plan.documents[index] ?? 0 }))
    .filter(({ word }) => word.variants.length > 0);
  known.sort((a, b) => a.documents - b.documents);
  const rare: SearchWord[] = [];
  let total = 0;
  for (const { word, documents } of known) {
    total += documents;
    if (total > SEARCH_CANDIDATES_MAX) break;
    rare.push(word);
  }
  if (rare.length > 0) return rare.map((word) => `(${anyVariant(word)})`).join(' | ');
  return known.map(({ word }) => `(${anyVariant(word)})`).join(' & ');
}

/** A tsquery that any variant of a word satisfies. */
export function anyVariant(word: SearchWord): string {
  return word.variants.map(({ lexeme }) => `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`).join(' | ');
}
