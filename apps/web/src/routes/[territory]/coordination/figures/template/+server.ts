import { FIGURE_COLUMNS } from '@terreau/features/territories/figures-file.rules';
import { shapedTerritory } from '#lib/server/territories/coordination.ts';
import type { RequestHandler } from './$types';

/** An empty table with the right headers, which a spreadsheet opens in French (`;`, with its byte-order mark). */
export const GET: RequestHandler = async ({ locals, params, url }) => {
  await shapedTerritory(locals, params.territory, url);
  return new Response(`\uFEFF${Object.keys(FIGURE_COLUMNS).join(';')}\r\n`, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="chiffres.csv"',
      'cache-control': 'private, no-store'
    }
  });
};
