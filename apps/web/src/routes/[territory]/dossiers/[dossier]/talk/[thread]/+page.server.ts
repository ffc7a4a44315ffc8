import { error, redirect } from '@sveltejs/kit';
import { findThread } from '@terreau/features/support/find-thread.query';
import { mayAdvise } from '@terreau/features/support/support.policy';
import { messageSchema, RECOMMENDATION_STATES } from '@terreau/features/support/talk.schema';
import { writeMessage } from '@terreau/features/support/write-message.command';
import { platform } from '#lib/server/platform.ts';
import { orNotFound, readTyped, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { piecesInWords } from '#lib/server/support/shown-pieces.ts';
import { failTalk, RECOMMENDATION_WORDS } from '#lib/server/support/talk-words.ts';
import { optionsOf, ROLE_WORDS } from '#lib/server/support/words.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const { searchParams } = event.url;
  const { head, ...thread } = orNotFound(
    await findThread(event.locals.context, {
      territoryId: territory.id,
      dossierId: event.params.dossier,
      threadId: event.params.thread,
      before: searchParams.get('before') ?? undefined
    })
  );
  return {
    dossier: head,
    mayAdvise: mayAdvise(head.role),
    thread: {
      ...thread,
      messages: thread.messages.map((message) => ({
        ...message,
        role: message.role ? ROLE_WORDS[message.role]() : null,
        pieces: piecesInWords(message.pieces)
      })),
      recommendations: thread.recommendations.map(({ id, title, state }) => ({
        value: id,
        label: `${title} (${RECOMMENDATION_WORDS[state]()})`
      }))
    },
    states: optionsOf(RECOMMENDATION_WORDS, RECOMMENDATION_STATES),
    isEarlier: searchParams.has('before'),
    isPublished: searchParams.get('done') === 'published'
  };
};

export const actions: Actions = {
  default: async (event) => {
    const territory = await signedInAt(event);
    const values = await typedIn(event.request);
    const read = readTyped(messageSchema, values);
    if (!read.ok) return read.answer;
    const { dossier, thread } = event.params;
    const verdict = await writeMessage(event.locals.context, {
      territoryId: territory.id,
      dossierId: dossier,
      to: { threadId: thread },
      fields: read.fields,
      origin: (await platform()).settings.origin
    });
    if (verdict.ok) {
      const talk = `/${territory.slug}/dossiers/${dossier}/talk`;
      const { messageId, isPublished } = verdict.value;
      redirect(303, isPublished ? `${talk}/${thread}?done=published` : `${talk}/drafts/${messageId}`);
    }
    if (verdict.code === 'not-found') error(404);
    return failTalk(
      { code: verdict.code, details: verdict.details },
      values,
      verdict.code === 'message-empty' ? 'text' : ''
    );
  }
};
