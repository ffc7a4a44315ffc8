import type { Context } from '@terreau/database/context';
import { transaction, type Ledger, type Tx } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { answerReporters } from '../trust/answer-reporters.ts';
import { decisionMail } from './directory-mails.ts';
import { applyFields } from './field-history.ts';
import { byHand, lockModeratedOrganization, subjectOf } from './sheet-rows.ts';

export const SHEET_DECISIONS = ['approved', 'refused', 'hidden', 'restored'] as const;
export type SheetDecision = (typeof SHEET_DECISIONS)[number];

export const DECISION_REASONS = [
  'fine',
  'insult',
  'private-data',
  'false',
  'spam',
  'discrimination',
  'out-of-scope',
  'reserved-name',
  'other'
] as const;
export type DecisionReason = (typeof DECISION_REASONS)[number];

export const EXPLANATION_MAX_CHARACTERS = 2000;

export interface DecideOrganizationRequest {
  readonly territoryId: Id;
  readonly organizationId: Id;
  readonly decision: SheetDecision;
  readonly reason: DecisionReason;
  /** What the author reads, with whom to talk. Required unless the sheet is shown. */
  readonly explanation: string | null;
  /** The public address of the site, for the links of the mails. */
  readonly origin: string;
}

export type DecideOrganizationRefusal =
  'not-found' | 'explanation-missing' | 'explanation-too-long' | 'decision-impossible';

/** From which states each decision can be taken. */
const FROM: Readonly<Record<SheetDecision, readonly string[]>> = {
  approved: ['held'],
  refused: ['held'],
  hidden: ['published'],
  restored: ['hidden']
};

/**
 * A human of the territory decides on a sheet, with a reason that its author reads and may contest.
 * Approving a new account's sheet also says that somebody knows them: their next ones no longer wait.
 */
export async function decideOrganization(
  ctx: Context,
  request: DecideOrganizationRequest
): Promise<Verdict<{ status: 'published' | 'hidden' }, DecideOrganizationRefusal>> {
  return transaction(ctx, 'decide-organization', async (tx, ledger) => {
    const row = await lockModeratedOrganization(tx, ctx, request.territoryId, request.organizationId);
    if (!row) return refuse('not-found');
    if (!FROM[request.decision].includes(row.status)) return refuse('decision-impossible');
    const shows = request.decision === 'approved' || request.decision === 'restored';
    if (!shows && !request.explanation?.trim()) return refuse('explanation-missing');
    if ((request.explanation?.length ?? 0) > EXPLANATION_MAX_CHARACTERS) {
      return refuse('explanation-too-long', { max: EXPLANATION_MAX_CHARACTERS });
    }
    const status = shows ? 'published' : 'hidden';
    await applyFields(tx, subjectOf('organization', row), row, { status }, byHand(ctx));
    await tx
      .updateTable('organization')
      .set({ status_reason: shows ? null : request.reason, published_at: row.published_at ?? (shows ? ctx.now : null) })
      .where('id', '=', row.id)
      .execute();
    const decisionId = await recordDecision(tx, ctx, request);
    if (row.created_by)
      await tellAuthor(tx, ctx, ledger, request, { accountId: row.created_by, name: row.name, decisionId });
    await answerReporters(tx, ledger, { ...request, id: decisionId, title: row.name, isShown: shows });
    ledger.about('organization', row.id, row.territory_id, { decision: request.decision, reason: request.reason });
    return accept({ status });
  });
}

async function recordDecision(tx: Tx, ctx: Context, request: DecideOrganizationRequest): Promise<Id> {
  const id = newId(ctx.now.getTime());
  await tx
    .insertInto('moderation_decision')
    .values({
      id,
      territory_id: request.territoryId,
      subject_kind: 'organization',
      subject_id: request.organizationId,
      outcome: request.decision,
      reason: request.reason,
      explanation: request.explanation,
      decided_by: ctx.actor.accountId,
      decided_at: ctx.now
    })
    .execute();
  return id;
}

async function tellAuthor(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  request: DecideOrganizationRequest,
  author: { accountId: Id; name: string; decisionId: Id }
): Promise<void> {
  const account = await tx
    .selectFrom('account')
    .select(['id', 'email', 'language', 'trust'])
    .where('id', '=', author.accountId)
    .executeTakeFirst();
  if (!account) return;
  const { slug } = await tx
    .selectFrom('territory')
    .select('slug')
    .where('id', '=', request.territoryId)
    .executeTakeFirstOrThrow();
  if (request.decision === 'approved' && account.trust === 'new') {
    await tx
      .updateTable('account')
      .set({ trust: 'verified', updated_at: ctx.now })
      .where('id', '=', account.id)
      .execute();
  }
  const link = `${request.origin}/${slug}/moderation/decisions/${author.decisionId}`;
  const words = { name: author.name, decision: request.decision, explanation: request.explanation, link };
  ledger.send({
    channel: 'mail',
    recipient: account.email,
    accountId: account.id,
    territoryId: request.territoryId,
    template: 'directory-decision',
    foot: { kind: 'essential', language: account.language },
    ...decisionMail(account.language, words)
  });
}
