import type { RequestEvent } from '@sveltejs/kit';
import { listThreads } from '@terreau/features/support/list-threads.query';
import type { Audience } from '@terreau/features/support/talk.schema';
import { localDate } from '@terreau/kernel/instants';
import { orNotFound, signedInAt } from './form.ts';
import { RECOMMENDATION_WORDS } from './talk-words.ts';

/** What the list of conversations shows, of the circle or of its advisers. */
export async function readThreadList(
  event: Pick<RequestEvent, 'locals' | 'url'> & { params: { territory: string; dossier: string } },
  audience: Audience
) {
  const territory = await signedInAt(event);
  const { context } = event.locals;
  const after = event.url.searchParams.get('after') ?? undefined;
  const request = { territoryId: territory.id, dossierId: event.params.dossier, audience, after };
  const { head, recommendations, ...page } = orNotFound(await listThreads(context, request));
  return {
    ...page,
    dossier: head,
    today: localDate(context.now, territory.timeZone),
    recommendations: recommendations.map((one) => ({ ...one, stateWords: RECOMMENDATION_WORDS[one.state]() })),
    isDropped: event.url.searchParams.get('done') === 'dropped'
  };
}
