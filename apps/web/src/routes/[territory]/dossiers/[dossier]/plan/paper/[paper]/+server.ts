import { error } from '@sveltejs/kit';
import { isPaperFormat } from '@terreau/formats/document';
import { findPlan } from '@terreau/features/support/find-plan.query';
import { planPaper } from '@terreau/features/support/plan.paper.rules';
import { paperResponse } from '#lib/server/paper.ts';
import { orNotFound, signedInAt } from '#lib/server/support/form.ts';
import { planInWords, planPaperWords } from '#lib/server/support/plan-page.ts';
import type { RequestHandler } from './$types';

/** The plan as a document, to print or to change; taking it away is written in the journal. */
export const GET: RequestHandler = async (event) => {
  const territory = await signedInAt(event);
  // Nothing is read, nor journalled as read, for a file that there is not.
  if (!isPaperFormat(event.params.paper)) error(404);
  const { context } = event.locals;
  const request = { territoryId: territory.id, dossierId: event.params.dossier };
  const plan = orNotFound(await findPlan(context, request, 'export'));
  const words = planPaperWords(plan, territory, context.now);
  return paperResponse(
    event.params.paper,
    'plan',
    planPaper(planInWords(plan, territory.timeZone), words, context.language)
  );
};
