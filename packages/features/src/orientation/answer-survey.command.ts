import type { Context } from '@terreau/database/context';
import { transaction, type Ledger, type Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { asPlatform } from '../trust/as-platform.ts';
import { findLink } from './reply-links.ts';
import { mayFollowRequests } from './requests.policy.ts';

export const WAS_CONTACTED = ['yes', 'no', 'not-yet'] as const;
export const WAS_USEFUL = ['yes', 'partly', 'no'] as const;
export const WHAT_CAME_MAX_CHARACTERS = 1000;

export interface AnswerSurvey {
  /** The link of a message, or the request as somebody of the team types what the person said. */
  readonly by: { readonly token: string } | { readonly territoryId: Id; readonly requestId: Id };
  readonly wasContacted: string;
  /** May stay empty when nobody made contact. */
  readonly wasUseful: string;
  readonly whatCame: string | null;
}

export type AnswerSurveyRefusal =
  | 'not-found'
  | 'link-unknown'
  | 'link-expired'
  | 'link-used'
  | 'not-asked-yet'
  | 'contacted-missing'
  | 'useful-missing'
  | 'what-came-too-long';

/** The three questions: was somebody in touch, was it useful, what came of it. By the person, or typed for them. */
export async function answerSurvey(
  ctx: Context,
  request: AnswerSurvey
): Promise<Verdict<undefined, AnswerSurveyRefusal>> {
  const checked = checkAnswers(request);
  if (!checked.ok) return checked;
  return transaction(ctx, 'answer-survey', async (tx, ledger) => {
    const { by } = request;
    if ('token' in by) return asPlatform(tx, () => byLink(tx, ctx, ledger, request, by.token));
    if (!isId(by.requestId) || !mayFollowRequests(ctx.actor, by.territoryId)) return refuse('not-found');
    const isWritten = await write(tx, ctx, by.requestId, by.territoryId, request, 'typed');
    if (!isWritten) return refuse('not-asked-yet');
    ledger.about('request', by.requestId, by.territoryId, { survey: 'typed' });
    return accept();
  });
}

function checkAnswers({
  wasContacted,
  wasUseful,
  whatCame
}: AnswerSurvey): Verdict<undefined, 'contacted-missing' | 'useful-missing' | 'what-came-too-long'> {
  if (!(WAS_CONTACTED as readonly string[]).includes(wasContacted)) return refuse('contacted-missing');
  const mayBeEmpty = wasContacted !== 'yes' && wasUseful === '';
  if (!mayBeEmpty && !(WAS_USEFUL as readonly string[]).includes(wasUseful)) return refuse('useful-missing');
  if ((whatCame?.length ?? 0) > WHAT_CAME_MAX_CHARACTERS) {
    return refuse('what-came-too-long', { max: WHAT_CAME_MAX_CHARACTERS });
  }
  return accept();
}

async function byLink(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  request: AnswerSurvey,
  token: string
): Promise<Verdict<undefined, AnswerSurveyRefusal>> {
  const link = await findLink(tx, 'survey', token);
  if (!link) return refuse('link-unknown');
  if (link.expiresAt <= ctx.now) return refuse('link-expired');
  const used = await tx
    .updateTable('request_link')
    .set({ used_at: ctx.now })
    .where('id', '=', link.id)
    .where('request_id', '=', link.requestId)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  if (used.numUpdatedRows === 0n) return refuse('link-used');
  const isWritten = await write(
    tx,
    ctx,
    link.requestId,
    link.territoryId,
    request,
    await channelOf(tx, link.requestId)
  );
  if (!isWritten) return refuse('link-used');
  ledger.about('request', link.requestId, link.territoryId, { survey: 'link' });
  return accept();
}

async function channelOf(tx: Tx, requestId: Id): Promise<'mail' | 'sms'> {
  const row = await tx.selectFrom('request').select('reached_by').where('id', '=', requestId).executeTakeFirst();
  return row?.reached_by === 'sms' ? 'sms' : 'mail';
}

/** What the person said themselves is not written over by what somebody types for them. */
async function write(
  tx: Tx,
  ctx: Context,
  requestId: Id,
  territoryId: Id,
  { wasContacted, wasUseful, whatCame }: AnswerSurvey,
  channel: 'mail' | 'sms' | 'typed'
): Promise<boolean> {
  const written = await tx
    .updateTable('request_survey')
    .set({
      answered_at: ctx.now,
      was_contacted: wasContacted,
      was_useful: wasUseful || null,
      what_came: whatCame?.trim() || null,
      channel,
      typed_by: channel === 'typed' ? ctx.actor.accountId : null
    })
    .where('request_id', '=', requestId)
    .where('territory_id', '=', territoryId)
    .where('answered_at', 'is', null)
    .executeTakeFirst();
  return written.numUpdatedRows > 0n;
}
