import { error } from '@sveltejs/kit';
import { listSentRecipients, readSentMessages } from '@terreau/features/demonstration/read-sent-messages.query';
import { formatFromNow, formatTime } from '#lib/formats.ts';
import { platform } from '#lib/server/platform.ts';
import type { PageServerLoad } from './$types';

export const csr = false;

const RECIPIENT_MAX_CHARACTERS = 320;
const TIME_ZONE = 'Europe/Paris';

/** The letter box of the demonstration; anywhere else there is no such page. */
export const load: PageServerLoad = async ({ locals, url, setHeaders }) => {
  const { settings } = await platform();
  if (!settings.isDemonstration) error(404);
  setHeaders({ 'cache-control': 'private, no-store' });
  const { context } = locals;
  const to = url.searchParams.get('to')?.slice(0, RECIPIENT_MAX_CHARACTERS) || null;
  const page = await readSentMessages(context, { recipient: to, after: url.searchParams.get('after') });
  const query = (next: string) => `?${new URLSearchParams({ ...(to ? { to } : {}), after: next })}`;
  return {
    to,
    recipients: await listSentRecipients(context),
    messages: page.messages.map((message) => ({
      ...message,
      at: `${formatFromNow(message.at, context.now, TIME_ZONE)}, ${formatTime(message.at, TIME_ZONE)}`
    })),
    next: page.next && query(page.next)
  };
};
