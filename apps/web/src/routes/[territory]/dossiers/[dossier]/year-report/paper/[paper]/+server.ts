import { yearPaper } from '@terreau/features/support/year-paper.rules';
import { currentLanguage } from '#lib/languages.ts';
import { paperResponse } from '#lib/server/paper.ts';
import { toldYear } from '#lib/server/support/year-words.ts';
import type { RequestHandler } from './$types';

/** A structure's year as a document that it may give to whom it likes. */
export const GET: RequestHandler = async (event) => {
  const { found, told } = await toldYear(event, 'export');
  return paperResponse(event.params.paper, `bilan-${found.year}`, yearPaper(told, currentLanguage()));
};
