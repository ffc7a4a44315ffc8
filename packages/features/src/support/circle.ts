import type { Context } from '@terreau/database/context';
import type { Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { localDate, type LocalDate } from '@terreau/kernel/instants';
import type { Selectable } from 'kysely';
import type { Dossier } from '@terreau/database/schema';
import { timeZoneOf } from '../directory/time-zone.ts';
import { movesFrom, standingOf, type CircleRole } from './dossier-life.rules.ts';
import { mayReadFunding, maySeeFigures, maySeeReads } from './support.policy.ts';

/** A dossier as the actor meets it: its row, and their place in its circle. */
export interface OwnDossier {
  readonly row: Selectable<Dossier>;
  readonly role: CircleRole;
  /** False for somebody who left and still reads. */
  readonly isActive: boolean;
  readonly memberId: Id;
  /** Not for whoever grants money in the territory, wherever they are in the circle. */
  readonly seesFunding: boolean;
}

/** What every page of a dossier says first. */
export interface DossierHead {
  readonly id: Id;
  readonly title: string;
  readonly role: CircleRole;
  readonly isActive: boolean;
  readonly seesReads: boolean;
  readonly seesFigures: boolean;
  /** Stopping is never more than two taps away. */
  readonly mayStop: boolean;
  readonly seesFunding: boolean;
}

export function headOf({ row, role, isActive, seesFunding }: OwnDossier): DossierHead {
  const mayStop = isActive && movesFrom(standingOf(row), role).includes('interrupt');
  return {
    id: row.id,
    title: row.title,
    role,
    isActive,
    seesReads: maySeeReads(role),
    seesFigures: maySeeFigures(role),
    mayStop,
    seesFunding
  };
}

/** How long somebody who left a circle still reads. */
export const FORMER_MEMBER_READS_DAYS = 30;

/**
 * The dossier, if the actor is in its circle (or left it less than thirty days ago); null otherwise, whether it exists
 * or not. `lock`: for whoever is about to change it.
 */
export async function ownDossier(
  tx: Tx,
  ctx: Context,
  territoryId: Id,
  dossierId: string,
  lock: 'lock' | 'read' = 'read'
): Promise<OwnDossier | null> {
  if (!isId(dossierId) || !ctx.actor.accountId) return null;
  const row = await tx
    .selectFrom('dossier')
    .selectAll()
    .where('id', '=', dossierId)
    .where('territory_id', '=', territoryId)
    .$if(lock === 'lock', (query) => query.forUpdate())
    .executeTakeFirst();
  if (!row) return null;
  const member = await tx
    .selectFrom('dossier_member')
    .select(['id', 'role', 'left_at'])
    .where('dossier_id', '=', dossierId)
    .where('account_id', '=', ctx.actor.accountId)
    .where((either) => either.or([either('left_at', 'is', null), either('reads_until', '>', ctx.now)]))
    .orderBy('left_at', (order) => order.desc().nullsFirst())
    .limit(1)
    .executeTakeFirst();
  if (!member) return null;
  return {
    row,
    role: member.role as CircleRole,
    isActive: member.left_at === null,
    memberId: member.id,
    seesFunding: mayReadFunding(ctx.actor, territoryId)
  };
}

/** The same, for somebody who acts in it: not for an observer, nor for somebody who left. */
export async function workedDossier(
  tx: Tx,
  ctx: Context,
  territoryId: Id,
  dossierId: string
): Promise<OwnDossier | null> {
  const own = await ownDossier(tx, ctx, territoryId, dossierId, 'lock');
  return own?.isActive && own.role !== 'observer' ? own : null;
}

/** Today on the walls of the dossier's territory. */
export async function todayIn(tx: Tx, ctx: Context, territoryId: Id): Promise<LocalDate> {
  return localDate(ctx.now, await timeZoneOf(tx, territoryId));
}
