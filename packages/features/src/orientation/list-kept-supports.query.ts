import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { localDate } from '@terreau/kernel/instants';
import { sql, type SqlBool } from 'kysely';
import { timeZoneOf } from '../directory/time-zone.ts';
import { keepsCatalogue } from './support.policy.ts';
import { readSheets, type SupportSheet } from './support-sheet.query.ts';

/** `due`: published sheets of our own that are no longer proposed, or soon will not be. */
export const KEPT_PILES = ['due', 'own', 'draft', 'hidden', 'withdrawn'] as const;
export type KeptPile = (typeof KEPT_PILES)[number];

export const KEPT_PAGE_ROWS = 40;
/** A sheet is announced as due so long before it stops being proposed. */
export const DUE_LEAD_DAYS = 14;

export interface KeptSupports {
  readonly items: readonly SupportSheet[];
  readonly counts: Readonly<Record<KeptPile, number>>;
  /** All published sheets, those that follow the directory included. */
  readonly published: number;
  readonly next: Id | null;
}

/** What the team keeps of its catalogue, one pile at a time; null for anybody else. */
export async function listKeptSupports(
  ctx: Context,
  search: { readonly territoryId: Id; readonly pile: KeptPile; readonly after?: string | null }
): Promise<KeptSupports | null> {
  if (!keepsCatalogue(ctx.actor, search.territoryId)) return null;
  return reading(ctx, async (tx) => {
    const today = localDate(ctx.now, await timeZoneOf(tx, search.territoryId));
    const own = sql<SqlBool>`service_id is null and skill_id is null and post_id is null`;
    const due = sql<SqlBool>`${own} and status = 'published' and proposed_until < ${today}::date + ${DUE_LEAD_DAYS}::int`;
    const piles = {
      due,
      own: sql<SqlBool>`${own} and status = 'published'`,
      draft: sql<SqlBool>`status = 'draft'`,
      hidden: sql<SqlBool>`status = 'hidden'`,
      withdrawn: sql<SqlBool>`${own} and status = 'withdrawn'`
    };
    const { rows } = await sql<Record<KeptPile | 'published', number>>`
      select count(*) filter (where status = 'published')::int as published,
        ${sql.join(KEPT_PILES.map((pile) => sql`count(*) filter (where ${piles[pile]})::int as ${sql.ref(pile)}`))}
      from support where territory_id = ${search.territoryId}`.execute(tx);
    const ids = await tx
      .selectFrom('support')
      .select('id')
      .where('territory_id', '=', search.territoryId)
      .where(piles[search.pile])
      .$if(isId(search.after), (query) => query.where('id', '>', search.after as Id))
      .orderBy('id')
      .limit(KEPT_PAGE_ROWS + 1)
      .execute();
    const page = ids.slice(0, KEPT_PAGE_ROWS).map(({ id }) => id);
    const { published, ...counts } = rows[0]!;
    return {
      items: await readSheets(tx, page, today),
      counts,
      published,
      next: ids.length > KEPT_PAGE_ROWS ? page.at(-1)! : null
    };
  });
}
