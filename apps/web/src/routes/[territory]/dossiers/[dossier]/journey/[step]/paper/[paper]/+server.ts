import { deliverablePaper } from '@terreau/features/support/deliverable.paper.rules';
import { paperResponse } from '#lib/server/paper.ts';
import { orNotFound, signedInAt } from '#lib/server/support/form.ts';
import { paperOf } from '#lib/server/support/journey-paper.ts';
import { stepAt } from '#lib/server/support/journey-page.ts';
import type { RequestHandler } from './$types';

/** The deliverable of one step, to print or to edit; taking it away is written in the journal. */
export const GET: RequestHandler = async (event) => {
  const territory = await signedInAt(event);
  const { language } = event.locals.context;
  const step = orNotFound(stepAt(event.params.step, language));
  const { facts, words } = await paperOf(event, territory, `deliverable-${step.step}`);
  return paperResponse(event.params.paper, `e${step.step}`, deliverablePaper(step, facts, words, language));
};
