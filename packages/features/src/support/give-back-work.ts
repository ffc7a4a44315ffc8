import type { Context } from '@terreau/database/context';
import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { plusDays } from '@terreau/kernel/instants';
import { sql } from 'kysely';
import { LIVE_REQUEST_STATES } from '../orientation/request-life.rules.ts';
import { lockRequest, writeMove } from '../orientation/request-rows.ts';
import { asPlatform } from '../trust/as-platform.ts';
import { FORMER_MEMBER_READS_DAYS } from './circle.ts';

export interface Leaver {
  readonly accountId: Id;
  readonly territoryId: Id;
}

/**
 * What somebody still held when their role ended. Their dossiers: they read thirty days more and write nothing, and the
 * dossiers wait for somebody (`findPortfolios`). Their requests and their promises: they are the whole team's again, so
 * that nobody waits for a word from who is no longer there. Run once the grant has ended.
 */
export async function giveBackWork(tx: Tx, ctx: Context, leaver: Leaver): Promise<void> {
  const held = await rolesOf(tx, leaver);
  await asPlatform(tx, async () => {
    if (!held.includes('facilitator')) await leaveCircles(tx, ctx, leaver);
    if (held.length === 0) await releaseRequests(tx, ctx, leaver);
  });
}

async function rolesOf(tx: Tx, { accountId, territoryId }: Leaver): Promise<string[]> {
  const rows = await tx
    .selectFrom('role_grant')
    .select('role')
    .where('account_id', '=', accountId)
    .where('territory_id', '=', territoryId)
    .where('role', 'in', ['facilitator', 'coordinator'])
    .where('ended_at', 'is', null)
    .execute();
  return rows.map(({ role }) => role);
}

async function leaveCircles(tx: Tx, ctx: Context, { accountId, territoryId }: Leaver): Promise<void> {
  await tx
    .updateTable('dossier_member')
    .set({ left_at: ctx.now, reads_until: plusDays(ctx.now, FORMER_MEMBER_READS_DAYS) })
    .where('account_id', '=', accountId)
    .where('territory_id', '=', territoryId)
    .where('role', '=', 'facilitator')
    .where('left_at', 'is', null)
    .execute();
}

async function releaseRequests(tx: Tx, ctx: Context, { accountId, territoryId }: Leaver): Promise<void> {
  const { rows } = await sql<{ id: Id }>`
    select id from request where responsible_id = ${accountId} and territory_id = ${territoryId}
      and state = any(${[...LIVE_REQUEST_STATES]}::text[]) order by id`.execute(tx);
  const platform = { roles: new Set(['platform'] as const), accountId: ctx.actor.accountId };
  for (const { id } of rows) {
    const row = await lockRequest(tx, territoryId, id);
    if (!row || row.responsibleId !== accountId) continue;
    await writeMove(tx, ctx.now, row, platform, { move: 'release', to: row.state, change: { responsible_id: null } });
  }
  await tx
    .updateTable('promised_contact')
    .set({ promised_by: null })
    .where('promised_by', '=', accountId)
    .where('territory_id', '=', territoryId)
    .where('request_id', 'is not', null)
    .where('done_at', 'is', null)
    .execute();
}
