import type { Context } from '@terreau/database/context';
import { witnessed, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant, LocalDate } from '@terreau/kernel/instants';
import { circleOf, type CircleMember } from './circle-members.ts';
import { headOf, ownDossier, todayIn, type DossierHead } from './circle.ts';
import { movesFrom, standingOf, type DossierMove, type DossierState } from './dossier-life.rules.ts';
import { factsOf } from './facts.ts';
import { NEXT_ACTION_KEY } from './journey.rules.ts';
import { owedIn, type OwedInDossier } from './owed-in-dossier.ts';

export const MOVES_SHOWN_ROWS = 50;

/** What a dossier is called, where it stands, who is in its circle, and what may be done next. */
export interface DossierSheet extends DossierHead {
  readonly kind: 'project' | 'organization';
  readonly organization: { readonly id: Id; readonly name: string } | null;
  readonly requestId: Id | null;
  readonly state: DossierState;
  readonly stateChangedAt: Instant;
  readonly step: number;
  readonly nextContactOn: LocalDate | null;
  readonly themes: readonly string[];
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  readonly version: number;
  /** What the reader may do next; nothing for somebody who left. */
  readonly moves: readonly DossierMove[];
  readonly circle: readonly CircleMember[];
  readonly history: readonly DossierStep[];
  /** The next small action, in the words of those who do it. */
  readonly nextAction: string | null;
  readonly owed: readonly OwedInDossier[];
}

export interface DossierStep {
  readonly move: string;
  readonly to: DossierState;
  readonly reason: string | null;
  readonly note: string | null;
  readonly by: string | null;
  readonly at: Instant;
}

/** The dossier for somebody of its circle, the look being written down; null for anybody else. */
export async function findDossier(ctx: Context, territoryId: Id, dossierId: string): Promise<DossierSheet | null> {
  return witnessed(ctx, async (tx, saw) => {
    const own = await ownDossier(tx, ctx, territoryId, dossierId);
    if (!own) return null;
    const { row, role, isActive } = own;
    saw({ dossierId: row.id, territoryId, as: role, kind: 'page', what: 'dossier' });
    const state = row.state as DossierState;
    return {
      ...headOf(own),
      kind: row.kind as DossierSheet['kind'],
      organization: await organizationOf(tx, row.organization_id),
      requestId: row.request_id,
      state,
      stateChangedAt: row.state_changed_at,
      step: row.step,
      nextContactOn: row.next_contact_on,
      themes: row.themes,
      openedAt: row.opened_at,
      closedAt: row.closed_at,
      version: row.version,
      moves: isActive ? movesFrom(standingOf(row), role) : [],
      circle: await circleOf(tx, row.id, ctx.actor.accountId),
      history: await historyOf(tx, row.id),
      nextAction: (await factsOf(tx, row.id, [NEXT_ACTION_KEY])).get(NEXT_ACTION_KEY)?.value ?? null,
      owed: await owedIn(tx, row.id, await todayIn(tx, ctx, territoryId))
    };
  });
}

async function organizationOf(tx: Tx, id: Id | null): Promise<DossierSheet['organization']> {
  if (!id) return null;
  const row = await tx.selectFrom('organization').select(['id', 'name']).where('id', '=', id).executeTakeFirst();
  return row ?? null;
}

async function historyOf(tx: Tx, dossierId: Id): Promise<DossierStep[]> {
  const rows = await tx
    .selectFrom('dossier_move')
    .leftJoin('account', 'account.id', 'dossier_move.moved_by')
    .select(['move', 'to_state', 'reason', 'note', 'moved_at', 'account.name'])
    .where('dossier_id', '=', dossierId)
    .orderBy('dossier_move.id', 'desc')
    .limit(MOVES_SHOWN_ROWS)
    .execute();
  return rows.map((row) => ({
    move: row.move,
    to: row.to_state as DossierState,
    reason: row.reason,
    note: row.note,
    by: row.name,
    at: row.moved_at
  }));
}
