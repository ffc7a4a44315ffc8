import { error } from '@sveltejs/kit';
import { moderationQueue } from '@terreau/features/trust/moderation-queue.query';
import { formatFromNow } from '#lib/formats.ts';
import { mustBeSignedIn } from '#lib/server/directory/territory-at.ts';
import { kindWord, reasonWord, stateWord } from '#lib/server/trust/moderation-words.ts';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  mustBeSignedIn(locals, url);
  const { territory } = await parent();
  const queue = await moderationQueue(locals.context, territory.id);
  if (!queue) error(404);
  return {
    isDecided: url.searchParams.get('done') === 'decided',
    total: queue.total,
    cases: queue.cases.map(({ content, flags, isAppealed, waitingSince, risk }) => ({
      key: `${content.kind}-${content.id}`,
      title: content.title,
      kind: kindWord(content.kind),
      state: stateWord(content.state),
      isAppealed,
      risk,
      flags: Object.entries(flags).map(([reason, count]) => ({ reason: reasonWord(reason), count })),
      since: formatFromNow(waitingSince, locals.context.now, territory.timeZone)
    }))
  };
};
