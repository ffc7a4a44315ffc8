import { error } from '@sveltejs/kit';
import { exportOwnData } from '@terreau/features/trust/export-own-data.query';
import { requireAccount } from '#lib/server/require-account.ts';
import { exportDownload } from '#lib/server/trust/export-download.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  requireAccount(event);
  const data = await exportOwnData(event.locals.context);
  if (!data) error(404);
  return exportDownload(data);
};
