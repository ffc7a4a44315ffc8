import { error } from '@sveltejs/kit';
import { exportOwnData } from '@terreau/features/trust/export-own-data.query';
import { requireAccount } from '#lib/server/require-account.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  requireAccount(event);
  const data = await exportOwnData(event.locals.context);
  if (!data) error(404);
  const day = data.madeAt.toISOString().slice(0, 10);
  return new Response(JSON.stringify(data, null, 2), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="terreau-${day}.json"`,
      'cache-control': 'private, no-store'
    }
  });
};
