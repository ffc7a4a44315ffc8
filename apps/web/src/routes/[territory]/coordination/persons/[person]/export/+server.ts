import { error } from '@sveltejs/kit';
import { exportPerson } from '@terreau/features/trust/export-person.command';
import { answeringTerritory } from '#lib/server/trust/answering-territory.ts';
import { exportDownload } from '#lib/server/trust/export-download.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, url }) => {
  const territory = await answeringTerritory(locals, params.territory, url);
  const verdict = await exportPerson(locals.context, { territoryId: territory.id, personId: params.person });
  if (!verdict.ok) error(404);
  return exportDownload(verdict.value);
};
