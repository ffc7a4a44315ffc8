import type { Context } from '@terreau/database/context';
import { witnessed, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { LocalDate } from '@terreau/kernel/instants';
import { sql, type SqlBool } from 'kysely';
import { readSheets, type SupportSheet } from '../orientation/support-sheet.query.ts';
import { headOf, todayIn, type DossierHead, type OwnDossier } from '../support/circle.ts';
import { ownFunding } from './budget-rows.ts';

export const POSSIBLE_FUNDING_ROWS = 40;

export interface PossibleFunding {
  readonly head: DossierHead;
  readonly mayWork: boolean;
  /** What the dossier is about; its organisation's themes when it has none of its own. */
  readonly themes: readonly string[];
  /** Those that hold first, the nearest deadline before; then the stale ones, which are to be greyed. */
  readonly sheets: readonly SupportSheet[];
  readonly total: number;
  /** Drafts to which a line may be added, the latest first. */
  readonly drafts: readonly { readonly id: Id; readonly title: string; readonly version: number }[];
}

export interface PossibleFundingSearch {
  readonly territoryId: Id;
  readonly dossierId: string;
  /** `own`: those of the dossier; `all`; or one theme. */
  readonly theme: string;
  /** Only what closes before this day, or never. */
  readonly before: LocalDate | null;
}

/** The funding sheets of the catalogue for a dossier; null for whoever is not of its circle. */
export async function listPossibleFunding(
  ctx: Context,
  search: PossibleFundingSearch
): Promise<PossibleFunding | null> {
  return witnessed(ctx, async (tx, saw) => {
    const own = await ownFunding(tx, ctx, search.territoryId, search.dossierId, 'read');
    if (!own) return null;
    const { territoryId } = search;
    saw({ dossierId: own.row.id, territoryId, as: own.role, kind: 'page', what: 'possible-funding' });
    const today = await todayIn(tx, ctx, territoryId);
    const themes = await themesOf(tx, own);
    const wanted = search.theme === 'own' ? themes : search.theme === 'all' ? [] : [search.theme];
    const { rows } = await sql<{ id: Id; total: number }>`
      select s.id, count(*) over ()::int as total from support s
      where s.territory_id = ${territoryId} and s.kind = 'funding' and s.status = 'published'
        and ${wanted.length > 0 ? sql<SqlBool>`s.themes && ${sql.val([...wanted])}::text[]` : sql<SqlBool>`true`}
        and ${search.before ? sql<SqlBool>`coalesce(s.closes_on, ${today}::date) <= ${search.before}::date` : sql<SqlBool>`true`}
      order by s.proposed_until < ${today}::date nulls first, s.closes_on nulls last, s.title, s.id
      limit ${POSSIBLE_FUNDING_ROWS}`.execute(tx);
    const ids = rows.map(({ id }) => id);
    return {
      head: headOf(own),
      mayWork: own.isActive && own.role !== 'observer',
      themes,
      sheets: await readSheets(tx, ids, today),
      total: rows[0]?.total ?? 0,
      drafts: await draftsOf(tx, own.row.id)
    };
  });
}

async function themesOf(tx: Tx, { row }: OwnDossier): Promise<readonly string[]> {
  if (row.themes.length > 0 || !row.organization_id) return row.themes;
  const organization = await tx
    .selectFrom('organization')
    .select('themes')
    .where('id', '=', row.organization_id)
    .executeTakeFirst();
  return organization?.themes ?? [];
}

function draftsOf(tx: Tx, dossierId: Id): Promise<{ id: Id; title: string; version: number }[]> {
  return tx
    .selectFrom('budget')
    .select(['id', 'title', 'version'])
    .where('dossier_id', '=', dossierId)
    .where('finalised_at', 'is', null)
    .orderBy('updated_at', 'desc')
    .execute();
}
