import { error, fail, redirect } from '@sveltejs/kit';
import {
  DECISION_REASONS,
  decideOrganization,
  SHEET_DECISIONS
} from '@terreau/features/directory/decide-organization.command';
import { decideContent } from '@terreau/features/trust/decide-content.command';
import { moderationCase } from '@terreau/features/trust/moderation-case.query';
import { possibleOutcomes, readCase } from '@terreau/features/trust/moderation.rules';
import { formatShortDate } from '#lib/formats.ts';
import { mustBeSignedIn, territoryAt } from '#lib/server/directory/territory-at.ts';
import { platform } from '#lib/server/platform.ts';
import { formText } from '#lib/server/trust/form-text.ts';
import { kindWord, outcomeWord, reasonWord, refusalWord, stateWord } from '#lib/server/trust/moderation-words.ts';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ locals, params, parent, url }) => {
  mustBeSignedIn(locals, url);
  const { territory } = await parent();
  const about = readCase(params.case);
  const found = about && (await moderationCase(locals.context, { territoryId: territory.id, ...about }));
  if (!found) error(404);
  const day = (instant: Date) => formatShortDate(instant, territory.timeZone);
  const { content } = found;
  return {
    content: { title: content.title, text: content.text, path: content.path, state: stateWord(content.state) },
    kind: kindWord(content.kind),
    madeOn: day(content.createdAt),
    authorIsNew: content.authorTrust === 'new',
    flags: found.flags.map((flag) => ({ ...flag, reason: reasonWord(flag.reason), on: day(flag.receivedAt) })),
    decisions: found.decisions.map((decision) => ({
      ...decision,
      outcome: outcomeWord(decision.outcome),
      reason: reasonWord(decision.reason),
      on: day(decision.decidedAt)
    })),
    outcomes: possibleOutcomes(content.state).map((value) => ({ value, label: outcomeWord(value) })),
    reasons: DECISION_REASONS.map((value) => ({ value, label: reasonWord(value) }))
  };
};

export const actions: Actions = {
  default: async ({ locals, params, request, url }) => {
    mustBeSignedIn(locals, url);
    const territory = await territoryAt(locals, params.territory);
    const about = readCase(params.case);
    if (!about) error(404);
    const form = await request.formData();
    const [outcome, reason] = [formText(form, 'outcome'), formText(form, 'reason')];
    const explanation = formText(form, 'explanation') || null;
    const verdict = await decide(locals, territory, about, { outcome, reason, explanation });
    if (verdict.ok) redirect(303, `/${territory.slug}/moderation?done=decided`);
    if (verdict.code === 'not-found') error(404);
    return fail(422, { problem: refusalWord(verdict.code), values: { outcome, reason, explanation } });
  }
};

/** Showing and hiding a sheet is the directory's command; everything else is moderation's own. */
async function decide(
  locals: App.Locals,
  territory: { id: string; slug: string },
  { kind, id }: NonNullable<ReturnType<typeof readCase>>,
  typed: { outcome: string; reason: string; explanation: string | null }
) {
  const { origin } = (await platform()).settings;
  const decision = SHEET_DECISIONS.find((one) => one === typed.outcome);
  const reason = DECISION_REASONS.find((one) => one === typed.reason);
  if (kind === 'organization' && decision && reason) {
    const { explanation } = typed;
    const request = { territoryId: territory.id, organizationId: id, decision, reason, explanation, origin };
    return decideOrganization(locals.context, request);
  }
  return decideContent(locals.context, { territoryId: territory.id, kind, id, ...typed, origin, slug: territory.slug });
}
