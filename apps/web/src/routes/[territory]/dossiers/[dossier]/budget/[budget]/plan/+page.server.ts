import { error, redirect } from '@sveltejs/kit';
import { stepSchema } from '@terreau/features/funding/budget.schema';
import { findFinancingPlan } from '@terreau/features/funding/find-financing-plan.query';
import { FUNDING_STATES, nextStates } from '@terreau/features/funding/funding-life.rules';
import { recordFundingStep } from '@terreau/features/funding/record-funding-step.command';
import * as v from 'valibot';
import { failFunding, failFundingFields, FUNDING_STATE_WORDS } from '#lib/server/funding/words.ts';
import { orNotFound, signedInAt, typedIn } from '#lib/server/support/form.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const { dossier, budget } = event.params;
  const address = { territoryId: territory.id, dossierId: dossier, budgetId: budget };
  const plan = orNotFound(await findFinancingPlan(event.locals.context, address));
  return {
    dossier: plan.head,
    budget: { id: plan.budgetId, title: plan.title },
    mayWork: plan.mayWork,
    today: plan.today,
    /** The line of which the state is being told: one form at a time. */
    chosen: event.url.searchParams.get('line'),
    isSaved: event.url.searchParams.has('done'),
    refused: plan.sums.refused,
    sums: FUNDING_STATES.map((state) => ({
      state,
      words: FUNDING_STATE_WORDS[state](),
      cents: plan.sums[state]
    })).filter(({ cents }) => cents > 0),
    lines: plan.lines.map((line) => ({
      id: line.id,
      key: line.key,
      label: line.label,
      cents: line.cents,
      state: line.state,
      words: FUNDING_STATE_WORDS[line.state](),
      isHeavy: plan.heavy.includes(line.id),
      since: line.stateOn,
      dueOn: line.dueOn,
      history: line.history.map((step) => ({ ...step, words: FUNDING_STATE_WORDS[step.state]() })),
      next: nextStates(line.state).map((state) => ({ value: state, label: FUNDING_STATE_WORDS[state]() }))
    }))
  };
};

export const actions: Actions = {
  default: async (event) => {
    const territory = await signedInAt(event);
    const values = await typedIn(event.request);
    const { dossier, budget } = event.params;
    const address = { territoryId: territory.id, dossierId: dossier, budgetId: budget };
    const read = v.safeParse(stepSchema, values);
    if (!read.success) return failFundingFields(read.issues, values);
    const verdict = await recordFundingStep(event.locals.context, { ...address, fields: read.output });
    if (verdict.ok) redirect(303, `${event.url.pathname}?done`);
    if (verdict.code === 'not-found') error(404);
    return failFunding({ code: verdict.code, details: verdict.details }, values);
  }
};
