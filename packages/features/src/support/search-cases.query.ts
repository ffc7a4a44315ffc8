import { holds, type Context } from '@terreau/database/context';
import { reading, type Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { sql } from 'kysely';
import { familiesOf, reasonsFor, type CaseReasons, type CaseWords } from './case.rules.ts';
import { dimensionsOf } from './case-rows.ts';
import { ownDossier } from './circle.ts';

export const CASES_PAGE_ROWS = 20;
const SIMILAR_MAX_COUNT = 3;
/** Cases looked at for the similar ones: the newest. */
const CANDIDATES_MAX_ROWS = 200;

export interface SharedCase {
  readonly id: Id;
  readonly words: CaseWords;
  readonly themes: readonly string[];
  readonly dimensions: readonly string[];
  /** The structure's name, where it chose to give it. */
  readonly name: string | null;
}

export interface CaseSearch {
  readonly territoryId: Id;
  /** A family of themes. */
  readonly theme?: string | null;
  /** A dimension of the diagnosis, D1 to D10. */
  readonly dimension?: string | null;
  readonly after?: string | null;
}

/** The cases that structures agreed to show, for whoever accompanies in the territory; null for others. */
export async function searchCases(
  ctx: Context,
  { territoryId, theme, dimension, after }: CaseSearch
): Promise<{ cases: SharedCase[]; total: number; next: Id | null } | null> {
  if (!holds(ctx.actor, territoryId, 'facilitator', 'coordinator')) return null;
  return reading(ctx, async (tx) => {
    const narrowed = published(tx, territoryId)
      .$if(!!theme, (query) =>
        query.where(
          sql<boolean>`exists (select from unnest(c.themes) as t where t = ${theme} or t like ${`${theme}--%`})`
        )
      )
      .$if(!!dimension, (query) => query.where(sql<boolean>`${dimension} = any(c.dimensions)`));
    const { total } = await narrowed
      .select((select) => select.fn.countAll<string>().as('total'))
      .executeTakeFirstOrThrow();
    const rows = await columnsOf(narrowed)
      .$if(isId(after), (query) => query.where('c.id', '<', after!))
      .orderBy('c.id', 'desc')
      .limit(CASES_PAGE_ROWS + 1)
      .execute();
    const cases = rows.slice(0, CASES_PAGE_ROWS).map(sharedCase);
    return { cases, total: Number(total), next: rows.length > CASES_PAGE_ROWS ? cases.at(-1)!.id : null };
  });
}

/** One case that was shown; null when it is not there any more, or not for the reader. */
export async function findSharedCase(ctx: Context, territoryId: Id, caseId: string): Promise<SharedCase | null> {
  if (!holds(ctx.actor, territoryId, 'facilitator', 'coordinator') || !isId(caseId)) return null;
  return reading(ctx, async (tx) => {
    const row = await columnsOf(published(tx, territoryId)).where('c.id', '=', caseId).executeTakeFirst();
    return row ? sharedCase(row) : null;
  });
}

export interface SimilarCase extends SharedCase {
  readonly because: CaseReasons;
}

/** The cases that have most in common with a dossier, for whoever accompanies it: what they share is the reason. */
export async function similarCases(ctx: Context, territoryId: Id, dossierId: string): Promise<SimilarCase[]> {
  if (!holds(ctx.actor, territoryId, 'facilitator', 'coordinator')) return [];
  return reading(ctx, async (tx) => {
    const own = await ownDossier(tx, ctx, territoryId, dossierId);
    if (!own) return [];
    const mine = { dimensions: await dimensionsOf(tx, own.row.id), themes: familiesOf(own.row.themes) };
    if (mine.dimensions.length + mine.themes.length === 0) return [];
    const rows = await columnsOf(published(tx, territoryId))
      .where('c.dossier_id', '!=', own.row.id)
      .orderBy('c.id', 'desc')
      .limit(CANDIDATES_MAX_ROWS)
      .execute();
    const weight = ({ because }: SimilarCase) => 2 * because.dimensions.length + because.themes.length;
    return rows
      .map((row) => ({ ...sharedCase(row), because: reasonsFor(mine, row) }))
      .filter((one) => weight(one) > 0)
      .toSorted((a, b) => weight(b) - weight(a))
      .slice(0, SIMILAR_MAX_COUNT);
  });
}

function published(tx: Tx, territoryId: Id) {
  return tx
    .selectFrom('support_case as c')
    .where('c.territory_id', '=', territoryId)
    .where('c.published_at', 'is not', null);
}

type Published = ReturnType<typeof published>;

function columnsOf(query: Published) {
  return query
    .select(['c.id', 'c.title', 'c.situation', 'c.tried', 'c.worked', 'c.failed', 'c.advice'])
    .select(['c.themes', 'c.dimensions', 'c.named_as as name']);
}

type Row = Awaited<ReturnType<ReturnType<typeof columnsOf>['executeTakeFirstOrThrow']>>;

function sharedCase({ id, themes, dimensions, name, ...words }: Row): SharedCase {
  return { id, words, themes, dimensions, name };
}
