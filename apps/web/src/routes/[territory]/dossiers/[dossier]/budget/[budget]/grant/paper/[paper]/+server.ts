import { grantFormPaper } from '@terreau/features/funding/grant-form.paper.rules';
import { findGrantForm } from '@terreau/features/funding/find-grant-form.query';
import { grantWords, periodInWords } from '#lib/server/funding/paper-words.ts';
import { paperResponse } from '#lib/server/paper.ts';
import { orNotFound, signedInAt } from '#lib/server/support/form.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const territory = await signedInAt(event);
  const { context } = event.locals;
  const { dossier, budget, paper } = event.params;
  const address = { territoryId: territory.id, dossierId: dossier, budgetId: budget };
  const form = orNotFound(await findGrantForm(context, address, periodInWords, 'file'));
  const language = context.language === 'en' ? 'en' : 'fr';
  return paperResponse(paper, 'trame-subvention', grantFormPaper(form, grantWords(form), language));
};
