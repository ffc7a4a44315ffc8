import { error } from '@sveltejs/kit';
import { isPaperFormat } from '@terreau/formats/document';
import { exportPerson } from '@terreau/features/trust/export-person.command';
import { paperResponse } from '#lib/server/paper.ts';
import { answeringTerritory } from '#lib/server/trust/answering-territory.ts';
import { toldExport } from '#lib/server/trust/told-export.ts';
import type { RequestHandler } from './$types';

/** The file of somebody without an account, to be read to them or handed over on paper. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
  const territory = await answeringTerritory(locals, params.territory, url);
  // Nothing is read, nor journalled as read, for a file that there is not.
  if (!isPaperFormat(params.paper)) error(404);
  const verdict = await exportPerson(locals.context, { territoryId: territory.id, personId: params.person });
  if (!verdict.ok) error(404);
  const day = verdict.value.madeAt.toISOString().slice(0, 10);
  return paperResponse(params.paper, `terreau-${day}`, toldExport(verdict.value, territory, locals.language));
};
