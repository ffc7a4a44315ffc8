import { redirect } from '@sveltejs/kit';
import { findSentRequest } from '@terreau/features/orientation/find-sent-request.query';
import { renderSVG } from 'uqr';
import { doorCode } from '#lib/server/door/door-cookie.ts';
import { doorAt } from '#lib/server/door/door-form.ts';
import { shownRequest } from '#lib/server/door/request-words.ts';
import { platform } from '#lib/server/platform.ts';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, params, cookies, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  const door = doorAt(params.kind);
  const code = doorCode(cookies);
  const request = await findSentRequest(locals.context, code);
  if (request?.door !== door || request.slug !== params.territory) redirect(303, '/receipts');
  const { origin } = (await platform()).settings;
  return {
    request: shownRequest(request, locals.language),
    code,
    address: `${origin}/receipts`,
    qr: renderSVG(`${origin}/receipts?code=${code}`, { border: 1 })
  };
};
