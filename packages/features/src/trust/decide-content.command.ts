import type { Context } from '@terreau/database/context';
import { transaction, type Ledger, type Tx } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { sql } from 'kysely';
import { DECISION_REASONS, EXPLANATION_MAX_CHARACTERS } from '../directory/decide-organization.command.ts';
import { answerReporters } from './answer-reporters.ts';
import { findContent, type ModeratedContent } from './moderated-content.ts';
import { possibleOutcomes, type Outcome, type SubjectKind } from './moderation.rules.ts';
import { decisionMail } from './trust-mails.ts';
import { mayModerate } from './trust.policy.ts';

export interface DecideContentRequest {
  readonly territoryId: Id;
  readonly kind: SubjectKind;
  readonly id: Id;
  readonly outcome: string;
  readonly reason: string;
  /** What the author reads. Required unless the content is shown. */
  readonly explanation: string | null;
  /** The public address of the site, for the link of the mail. */
  readonly origin: string;
  readonly slug: string;
}

export type DecideContentRefusal =
  | 'not-found'
  | 'decision-impossible'
  | 'reason-missing'
  | 'explanation-missing'
  | 'explanation-too-long'
  | 'same-moderator';

/**
 * A moderator decides on a need, an offer, a skill or a project that is shown, or answers flags and appeals without changing anything (`kept`).
 * Showing and hiding a sheet is `decideOrganization`. The decision answers every open flag and appeal on its subject;
 * whoever upholds a contested decision is not who took it.
 */
export async function decideContent(
  ctx: Context,
  request: DecideContentRequest
): Promise<Verdict<Id, DecideContentRefusal>> {
  return transaction(ctx, 'decide-content', async (tx, ledger) => {
    const { territoryId, kind, id } = request;
    if (!mayModerate(ctx.actor, territoryId)) return refuse('not-found');
    const content = await findContent(tx, territoryId, kind, id);
    if (!content) return refuse('not-found');
    const outcome = possibleOutcomes(content.state).find((one) => one === request.outcome);
    if (!outcome || (kind === 'organization' && outcome !== 'kept')) return refuse('decision-impossible');
    const reason = DECISION_REASONS.find((one) => one === request.reason);
    if (!reason) return refuse('reason-missing');
    const hides = outcome === 'refused' || outcome === 'hidden';
    if (hides && !request.explanation?.trim()) return refuse('explanation-missing');
    if ((request.explanation?.length ?? 0) > EXPLANATION_MAX_CHARACTERS) return refuse('explanation-too-long');
    if (outcome === 'kept' && (await decidedContestedOne(tx, ctx, request))) return refuse('same-moderator');
    await apply(tx, ctx, content, outcome);
    const decisionId = newId(ctx.now.getTime());
    await tx
      .insertInto('moderation_decision')
      .values({
        id: decisionId,
        territory_id: territoryId,
        subject_kind: kind,
        subject_id: id,
        outcome,
        reason,
        explanation: request.explanation,
        decided_by: ctx.actor.accountId,
        decided_at: ctx.now
      })
      .execute();
    await tellAuthor(tx, ledger, content, request, outcome, decisionId);
    const isShown = outcome === 'kept' ? content.state === 'shown' : !hides;
    await answerReporters(tx, ledger, { ...request, id: decisionId, title: content.title, isShown });
    ledger.about(kind, id, territoryId, { outcome, reason });
    return accept(decisionId);
  });
}

async function decidedContestedOne(tx: Tx, ctx: Context, { kind, id }: DecideContentRequest): Promise<boolean> {
  if (ctx.actor.accountId === null) return false;
  const row = await tx
    .selectFrom('moderation_decision')
    .select('id')
    .where('subject_kind', '=', kind)
    .where('subject_id', '=', id)
    .where('appealed_at', 'is not', null)
    .where('appeal_decision_id', 'is', null)
    .where('decided_by', '=', ctx.actor.accountId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Hiding touches one mark, never the words: what comes back is what was there. */
async function apply(tx: Tx, ctx: Context, { kind, id }: ModeratedContent, outcome: Outcome): Promise<void> {
  if (outcome === 'kept') return;
  const shows = outcome === 'approved' || outcome === 'restored';
  if (kind === 'skill') {
    await tx
      .updateTable('skill')
      .set({ status: shows ? 'published' : 'hidden' })
      .where('id', '=', id)
      .execute();
    return;
  }
  if (kind === 'project') {
    await tx
      .updateTable('shared_project')
      .set({ hidden_at: shows ? null : ctx.now })
      .where('dossier_id', '=', id)
      .execute();
    return;
  }
  if (shows) {
    await sql`update post set state = hidden_state, hidden_state = null, hidden_at = null
              where id = ${id} and hidden_at is not null`.execute(tx);
    return;
  }
  await sql`update post set hidden_state = state, hidden_at = ${ctx.now}, state = 'withdrawn'
            where id = ${id} and hidden_at is null`.execute(tx);
}

async function tellAuthor(
  tx: Tx,
  ledger: Ledger,
  content: ModeratedContent,
  request: DecideContentRequest,
  outcome: Outcome,
  decisionId: Id
): Promise<void> {
  if (!content.authorId) return;
  const author = await tx
    .selectFrom('account')
    .select(['email', 'language'])
    .where('id', '=', content.authorId)
    .executeTakeFirst();
  if (!author) return;
  const link = `${request.origin}/${request.slug}/moderation/decisions/${decisionId}`;
  const words = { title: content.title, outcome, explanation: request.explanation, link };
  ledger.send({
    channel: 'mail',
    recipient: author.email,
    accountId: content.authorId,
    territoryId: request.territoryId,
    template: 'moderation-decision',
    foot: { kind: 'essential', language: author.language },
    ...decisionMail(author.language, words)
  });
}
