import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import type { Instant, LocalDate } from '@terreau/kernel/instants';
import { ENDED_STATES, type CircleRole, type DossierState } from './dossier-life.rules.ts';

export const DOSSIERS_PAGE_ROWS = 30;

/** A line of a portfolio: what it is called and what is next; nothing of what the dossier holds. */
export interface ListedDossier {
  readonly id: Id;
  readonly title: string;
  readonly kind: 'project' | 'organization';
  readonly organizationName: string | null;
  readonly state: DossierState;
  readonly step: number;
  readonly role: CircleRole;
  readonly nextContactOn: LocalDate | null;
  readonly stateChangedAt: Instant;
}

export interface DossierPage {
  readonly dossiers: readonly ListedDossier[];
  readonly total: number;
  /** The cursor of the next page; null on the last one. */
  readonly next: string | null;
}

export interface DossierSearch {
  readonly territoryId: Id;
  readonly show: 'open' | 'ended';
  readonly after?: string | undefined;
}

const LAST_DAY = '9999-12-31';

/** The actor's own dossiers in a territory, the next contact first; paged by date and id. */
export async function listOwnDossiers(ctx: Context, search: DossierSearch): Promise<DossierPage> {
  const { accountId } = ctx.actor;
  if (!accountId) return { dossiers: [], total: 0, next: null };
  return reading(ctx, async (tx) => {
    const [day = LAST_DAY, id] = search.after?.split('_') ?? [];
    const matching = tx
      .selectFrom('dossier_member as member')
      .innerJoin('dossier', 'dossier.id', 'member.dossier_id')
      .leftJoin('organization', 'organization.id', 'dossier.organization_id')
      .where('member.account_id', '=', accountId)
      .where('dossier.territory_id', '=', search.territoryId)
      .where((either) => either.or([either('member.left_at', 'is', null), either('member.reads_until', '>', ctx.now)]))
      .where('dossier.state', search.show === 'ended' ? 'in' : 'not in', [...ENDED_STATES]);
    const { total } = await matching
      .select((select) => select.fn.countAll<string>().as('total'))
      .executeTakeFirstOrThrow();
    const rows = await matching
      .select(['dossier.id', 'dossier.title', 'dossier.kind', 'organization.name as organizationName'])
      .select(['dossier.state', 'dossier.step', 'member.role', 'dossier.next_contact_on as nextContactOn'])
      .select(['dossier.state_changed_at as stateChangedAt'])
      .$if(isId(id), (query) =>
        query.where((where) =>
          where(
            where.refTuple(where.fn.coalesce('dossier.next_contact_on', where.val(LAST_DAY)), 'dossier.id'),
            '>',
            where.tuple(day, id!)
          )
        )
      )
      .orderBy((order) => order.fn.coalesce('dossier.next_contact_on', order.val(LAST_DAY)))
      .orderBy('dossier.id')
      .limit(DOSSIERS_PAGE_ROWS + 1)
      .execute();
    const dossiers = rows.slice(0, DOSSIERS_PAGE_ROWS) as unknown as ListedDossier[];
    const last = dossiers.at(-1);
    const next = rows.length > DOSSIERS_PAGE_ROWS && last ? `${last.nextContactOn ?? LAST_DAY}_${last.id}` : null;
    return { dossiers, total: Number(total), next };
  });
}
