import { error, redirect } from '@sveltejs/kit';
import { listThreads } from '@terreau/features/support/list-threads.query';
import { AUDIENCES, threadSchema, type Audience } from '@terreau/features/support/talk.schema';
import { writeMessage } from '@terreau/features/support/write-message.command';
import { platform } from '#lib/server/platform.ts';
import { orNotFound, readTyped, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { failTalk } from '#lib/server/support/talk-words.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const audience = audienceIn(event.url);
  const request = { territoryId: territory.id, dossierId: event.params.dossier, audience };
  const page = orNotFound(await listThreads(event.locals.context, request));
  if (!page.mayWrite) error(404);
  return {
    dossier: page.head,
    mayAdvise: page.mayAdvise,
    audience,
    speakers: page.maySpeakFor && audience === 'circle' ? page.withoutAccount : []
  };
};

export const actions: Actions = {
  default: async (event) => {
    const territory = await signedInAt(event);
    const values = await typedIn(event.request);
    const read = readTyped(threadSchema, values);
    if (!read.ok) return read.answer;
    const { subject, audience, ...fields } = read.fields;
    const verdict = await writeMessage(event.locals.context, {
      territoryId: territory.id,
      dossierId: event.params.dossier,
      to: { subject, audience },
      fields,
      origin: (await platform()).settings.origin
    });
    if (verdict.ok) {
      const talk = `/${territory.slug}/dossiers/${event.params.dossier}/talk`;
      const { threadId, messageId, isPublished } = verdict.value;
      redirect(303, isPublished ? `${talk}/${threadId}?done=published` : `${talk}/drafts/${messageId}`);
    }
    if (verdict.code === 'not-found') error(404);
    return failTalk(
      { code: verdict.code, details: verdict.details },
      values,
      verdict.code === 'message-empty' ? 'text' : ''
    );
  }
};

function audienceIn(url: URL): Audience {
  return AUDIENCES.find((audience) => audience === url.searchParams.get('audience')) ?? 'circle';
}
