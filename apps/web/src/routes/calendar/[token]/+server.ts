import { error } from '@sveltejs/kit';
import { readCalendar } from '@terreau/features/support/read-calendar.query';
import { platform } from '#lib/server/platform.ts';
import type { RequestHandler } from './$types';

/** A subscribed calendar asks for its owner's appointments: the secret of the address is all that it has. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const { origin } = (await platform()).settings;
  const text = await readCalendar(locals.context, { token: params.token, origin });
  if (text === null) error(404);
  return new Response(text, {
    headers: {
      'content-type': 'text/calendar; charset=utf-8; method=PUBLISH',
      'content-disposition': 'inline; filename="rendez-vous.ics"',
      'cache-control': 'private, no-store'
    }
  });
};
