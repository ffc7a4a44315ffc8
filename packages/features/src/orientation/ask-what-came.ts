import type { Context } from '@terreau/database/context';
import type { Ledger, Tx } from '@terreau/database/transaction';
import { hashToken, newToken } from '../accounts/tokens.ts';
import type { Desk, Round, ToldRequest } from './desk.ts';
import { linkExpiry, SURVEY_LINK_DAYS } from './request-delays.rules.ts';
import type { RequestRow } from './request-rows.ts';
import { channelTo, tellPerson } from './tell-person.ts';

/**
 * Asks the person of a locked request that is over what came of it, once. Whoever reads no message is asked by somebody
 * of the team: the questions wait on the request's page, and nobody is rung for them alone.
 */
export async function askWhatCame(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  row: RequestRow,
  round: Round
): Promise<boolean> {
  if (row.state !== 'done' && row.state !== 'closed') return false;
  const inserted = await tx
    .insertInto('request_survey')
    .values({ request_id: row.id, territory_id: row.territoryId, asked_at: ctx.now })
    .onConflict((conflict) => conflict.column('request_id').doNothing())
    .returning('request_id')
    .executeTakeFirst();
  if (!inserted) return false;
  const channel = await sendSurveyLink(tx, ctx, ledger, row, round);
  ledger.about('request', row.id, row.territoryId, { asked: channel });
  return true;
}

/** Sends the link of the three questions to whoever reads messages; nothing to anybody else. */
export async function sendSurveyLink(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  request: ToldRequest,
  desk: Desk
): Promise<Awaited<ReturnType<typeof channelTo>>> {
  const channel = await channelTo(tx, request);
  if (channel !== 'mail' && channel !== 'sms') return channel;
  const token = newToken();
  await tx
    .insertInto('request_link')
    .values({
      territory_id: request.territoryId,
      request_id: request.id,
      purpose: 'survey',
      token_hash: hashToken(token),
      sent_at: ctx.now,
      expires_at: linkExpiry(ctx.now, SURVEY_LINK_DAYS)
    })
    .execute();
  await tellPerson(tx, ctx, ledger, request, desk, { kind: 'survey', link: `${desk.origin}/surveys/${token}` });
  return channel;
}
