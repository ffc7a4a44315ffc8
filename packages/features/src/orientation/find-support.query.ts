import type { Context } from '@terreau/database/context';
import { reading, type Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { localDate } from '@terreau/kernel/instants';
import { timeZoneOf } from '../directory/time-zone.ts';
import { keepsCatalogue } from './support.policy.ts';
import { readSheets, type SupportSheet } from './support-sheet.query.ts';

/** A sheet of the catalogue; drafts, hidden and withdrawn sheets are the team's alone. */
export async function findSupport(ctx: Context, territoryId: Id, id: string): Promise<SupportSheet | null> {
  return reading(ctx, (tx) => findSupportIn(tx, ctx, territoryId, id));
}

/** The same, inside a transaction that does more. */
export async function findSupportIn(tx: Tx, ctx: Context, territoryId: Id, id: string): Promise<SupportSheet | null> {
  if (!isId(id)) return null;
  const today = localDate(ctx.now, await timeZoneOf(tx, territoryId));
  const [sheet] = await readSheets(tx, [id], today);
  if (!sheet || sheet.territoryId !== territoryId) return null;
  return sheet.status === 'published' || keepsCatalogue(ctx.actor, territoryId) ? sheet : null;
}
