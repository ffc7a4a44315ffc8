import { error, fail, redirect } from '@sveltejs/kit';
import {
  DECISION_REASONS,
  decideOrganization,
  SHEET_DECISIONS,
  type SheetDecision
} from '@terreau/features/directory/decide-organization.command';
import { textIn, typedIn } from '#lib/server/directory/forms.ts';
import { moderatedSheet } from '#lib/server/directory/own-sheet.ts';
import { mustBeSignedIn, territoryAt } from '#lib/server/directory/territory-at.ts';
import { platform } from '#lib/server/platform.ts';
import { REASON_WORDS, refusalInWords } from '#lib/server/directory/words.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

const DECISION_WORDS: Record<SheetDecision, () => string> = {
  approved: m.directory_decision_approved,
  refused: m.directory_decision_refused,
  hidden: m.directory_decision_hidden,
  restored: m.directory_decision_restored
};

const POSSIBLE: Readonly<Record<string, readonly SheetDecision[]>> = {
  held: ['approved', 'refused'],
  published: ['hidden'],
  hidden: ['restored']
};

export const load: PageServerLoad = async ({ locals, params, parent, url }) => {
  const { territory } = await parent();
  const sheet = await moderatedSheet(locals, territory.id, params.organization, url);
  const possible = POSSIBLE[sheet.status] ?? [];
  return {
    id: sheet.id,
    name: sheet.name,
    decisions: possible.map((value) => ({ value, label: DECISION_WORDS[value]() })),
    reasons: DECISION_REASONS.map((value) => ({ value, label: REASON_WORDS[value]() }))
  };
};

export const actions: Actions = {
  default: async ({ locals, params, request, url }) => {
    mustBeSignedIn(locals, url);
    const territory = await territoryAt(locals, params.territory);
    const values = typedIn(await request.formData());
    const decision = SHEET_DECISIONS.find((each) => each === textIn(values, 'decision'));
    const reason = DECISION_REASONS.find((each) => each === textIn(values, 'reason'));
    if (!decision || !reason) return fail(422, { values, ...refusalInWords(m.directory_refusal_unknown_choice()) });
    const verdict = await decideOrganization(locals.context, {
      territoryId: territory.id,
      organizationId: params.organization,
      decision,
      reason,
      explanation: textIn(values, 'explanation') || null,
      origin: (await platform()).settings.origin
    });
    if (verdict.ok) redirect(303, `/${territory.slug}/organizations/${params.organization}?done=saved`);
    const { code, details } = verdict;
    if (code === 'not-found') error(404);
    if (code === 'decision-impossible')
      return fail(409, { values, ...refusalInWords(m.directory_refusal_decision_impossible()) });
    const text =
      code === 'explanation-missing'
        ? m.directory_refusal_reason_missing()
        : m.directory_refusal_text_too_long({ max: Number(details['max']) });
    return fail(422, { values, errors: { explanation: text }, summary: [{ field: 'explanation', text }] });
  }
};
