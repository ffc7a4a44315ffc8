import { journeyPaper } from '@terreau/features/support/deliverable.paper.rules';
import { journeyOf } from '@terreau/features/support/journey.rules';
import { paperResponse } from '#lib/server/paper.ts';
import { signedInAt } from '#lib/server/support/form.ts';
import { paperOf } from '#lib/server/support/journey-paper.ts';
import { m } from '#texts/messages.js';
import type { RequestHandler } from './$types';

/** All the deliverables in one document; taking it away is written in the journal. */
export const GET: RequestHandler = async (event) => {
  const territory = await signedInAt(event);
  const { language } = event.locals.context;
  const { facts, words } = await paperOf(event, territory, 'deliverables');
  const about = { title: m.support_journey_title(), language };
  return paperResponse(event.params.paper, 'parcours', journeyPaper(journeyOf(language), facts, words, about));
};
