import { exportSupports } from '@terreau/features/orientation/export-supports.query';
import { territoryAt } from '#lib/server/directory/territory-at.ts';
import type { RequestHandler } from './$types';

/** The catalogue as a file that the import of sheets reads back. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const territory = await territoryAt(locals, params.territory);
  const { csv, exportedOn } = await exportSupports(locals.context, territory.id);
  return new Response(csv, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="aides-${territory.slug}-${exportedOn}.csv"`,
      'cache-control': 'private, max-age=60'
    }
  });
};
