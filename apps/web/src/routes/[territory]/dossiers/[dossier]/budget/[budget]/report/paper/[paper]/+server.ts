import { financialReportPaper } from '@terreau/features/funding/financial-report.paper.rules';
import { findFinancialReport } from '@terreau/features/funding/find-financial-report.query';
import { reportWords } from '#lib/server/funding/paper-words.ts';
import { paperResponse } from '#lib/server/paper.ts';
import { orNotFound, signedInAt } from '#lib/server/support/form.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const territory = await signedInAt(event);
  const { context } = event.locals;
  const { dossier, budget, paper } = event.params;
  const address = { territoryId: territory.id, dossierId: dossier, budgetId: budget };
  const report = orNotFound(await findFinancialReport(context, address, 'file'));
  const language = context.language === 'en' ? 'en' : 'fr';
  return paperResponse(paper, 'compte-rendu-financier', financialReportPaper(report, reportWords(report), language));
};
