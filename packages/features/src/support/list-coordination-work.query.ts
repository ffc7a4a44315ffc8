import type { Context } from '@terreau/database/context';
import { reading, type Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import type { LocalDate } from '@terreau/kernel/instants';
import { todayIn } from './circle.ts';
import { mayLogCoordinationWork, mayReadTeamLog } from './coordination-work.policy.ts';
import type { CoordinationWorkKind } from './coordination-work.schema.ts';

export const COORDINATION_WORK_PAGE_ROWS = 50;
const NEIGHBOURHOODS_MAX_COUNT = 200;

export interface ListedWork {
  readonly id: Id;
  readonly happenedOn: LocalDate;
  readonly minutes: number;
  readonly kind: CoordinationWorkKind;
  readonly themes: readonly string[];
  readonly neighbourhood: string | null;
  readonly sentence: string;
  /** Who did it; null once their account is erased. */
  readonly by: string | null;
  readonly isOwn: boolean;
}

/** One month of a log: its lines, the latest first, and the minutes of the whole month by kind. */
export interface WorkMonth {
  readonly today: LocalDate;
  /** `YYYY-MM`. */
  readonly month: string;
  readonly whose: 'own' | 'team';
  readonly maySeeTeam: boolean;
  readonly lines: readonly ListedWork[];
  readonly totals: readonly { readonly kind: CoordinationWorkKind; readonly minutes: number; readonly lines: number }[];
  readonly next: string | null;
  readonly neighbourhoods: readonly { readonly id: Id; readonly name: string }[];
}

export interface WorkSearch {
  readonly territoryId: Id;
  readonly month?: string | undefined;
  readonly whose?: 'own' | 'team' | undefined;
  readonly after?: string | undefined;
}

/**
 * A month of coordination work: one's own, or the team's for whoever coordinates. Null for whoever does not work for
 * the territory. A month that cannot be read is the present one.
 */
export async function listCoordinationWork(ctx: Context, search: WorkSearch): Promise<WorkMonth | null> {
  const { territoryId } = search;
  if (!mayLogCoordinationWork(ctx.actor, territoryId)) return null;
  const maySeeTeam = mayReadTeamLog(ctx.actor, territoryId);
  const whose = maySeeTeam && search.whose === 'team' ? 'team' : 'own';
  return reading(ctx, async (tx) => {
    const today = await todayIn(tx, ctx, territoryId);
    const month = isMonth(search.month) ? search.month : today.slice(0, 7);
    const inMonth = tx
      .selectFrom('coordination_work as work')
      .where('work.territory_id', '=', territoryId)
      .where('happened_on', '>=', `${month}-01`)
      .where('happened_on', '<', `${monthAfter(month)}-01`)
      .$if(whose === 'own', (query) => query.where('written_by', '=', ctx.actor.accountId));
    const [day, id] = search.after?.split('_') ?? [];
    const rows = await inMonth
      .leftJoin('account', 'account.id', 'work.written_by')
      .leftJoin('neighbourhood', 'neighbourhood.id', 'work.neighbourhood_id')
      .select(['work.id', 'happened_on', 'minutes', 'kind', 'themes', 'sentence', 'written_by'])
      .select(['account.name as by', 'neighbourhood.name as neighbourhood'])
      .$if(isId(id), (query) =>
        query.where((where) =>
          where(where.refTuple('happened_on', 'work.id'), '<', where.tuple(where.val(day!), where.val(id!)))
        )
      )
      .orderBy('happened_on', 'desc')
      .orderBy('work.id', 'desc')
      .limit(COORDINATION_WORK_PAGE_ROWS + 1)
      .execute();
    const totals = await inMonth
      .select(['kind'])
      .select((select) => [select.fn.sum<string>('minutes').as('minutes'), select.fn.countAll<string>().as('lines')])
      .groupBy('kind')
      .orderBy('kind')
      .execute();
    const shown = rows.slice(0, COORDINATION_WORK_PAGE_ROWS);
    const last = shown.at(-1);
    return {
      today,
      month,
      whose,
      maySeeTeam,
      lines: shown.map((row) => ({
        id: row.id,
        happenedOn: row.happened_on,
        minutes: row.minutes,
        kind: row.kind as CoordinationWorkKind,
        themes: row.themes,
        neighbourhood: row.neighbourhood,
        sentence: row.sentence,
        by: row.by,
        isOwn: row.written_by === ctx.actor.accountId
      })),
      totals: totals.map((row) => ({
        kind: row.kind as CoordinationWorkKind,
        minutes: Number(row.minutes),
        lines: Number(row.lines)
      })),
      next: rows.length > COORDINATION_WORK_PAGE_ROWS && last ? `${last.happened_on}_${last.id}` : null,
      neighbourhoods: await neighbourhoodsOf(tx, territoryId)
    };
  });
}

/** The neighbourhoods that a form offers. */
export function neighbourhoodsOf(tx: Tx, territoryId: Id): Promise<{ id: Id; name: string }[]> {
  return tx
    .selectFrom('neighbourhood')
    .select(['id', 'name'])
    .where('territory_id', '=', territoryId)
    .orderBy('position')
    .orderBy('id')
    .limit(NEIGHBOURHOODS_MAX_COUNT)
    .execute();
}

function isMonth(text: string | undefined): text is string {
  return text !== undefined && /^(19|20)\d{2}-(0[1-9]|1[0-2])$/.test(text);
}

/** `2026-12` → `2027-01` */
function monthAfter(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 7);
}
