import { redirect } from '@sveltejs/kit';
import { chooseMessages } from '@terreau/features/trust/choose-messages.command';
import type { RequestHandler } from './$types';

/** What a mailbox's own button sends (RFC 8058): no cookie, no page, no question. */
export const POST: RequestHandler = async ({ locals, params }) => {
  const verdict = await chooseMessages(locals.context, { token: params.token, refused: 'this-one' });
  return new Response(null, { status: verdict.ok ? 204 : 404 });
};

/** Opened by hand: the page, where nothing is refused before a press. */
export const GET: RequestHandler = ({ params }) => redirect(303, `/unsubscribe/${encodeURIComponent(params.token)}`);
