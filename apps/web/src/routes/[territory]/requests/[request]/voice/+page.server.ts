import { error, fail, redirect } from '@sveltejs/kit';
import { readDoor, requestWordsSchema } from '@terreau/features/orientation/door.schema';
import { promiseContact } from '@terreau/features/orientation/promise-contact.command';
import { voicedRequest } from '@terreau/features/orientation/voiced-request.query';
import { writeSentence } from '@terreau/features/orientation/write-sentence.command';
import { localDate } from '@terreau/kernel/instants';
import { doorProblems } from '#lib/server/door/door-form.ts';
import { mustBeSignedIn, territoryAt } from '#lib/server/directory/territory-at.ts';
import { formText } from '#lib/server/trust/form-text.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** Opened on a poor network: no script is sent, the browser plays the sound. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const territory = await territoryAt(locals, params.territory);
  mustBeSignedIn(locals, url);
  const request = await voicedRequest(locals.context, territory.id, params.request);
  if (!request) error(404);
  return { request, isWritten: url.searchParams.has('written') };
};

export const actions: Actions = {
  write: async (event) => {
    const { territory, request } = await spoken(event);
    const form = await event.request.formData();
    const sentence = formText(form, 'sentence');
    const read = readDoor(requestWordsSchema, { sentence, forWhom: '', placeWords: '', expectation: '' });
    if (!read.ok) return fail(422, { problem: doorProblems(read.problems)['sentence'] ?? null, sentence });
    const verdict = await writeSentence(event.locals.context, {
      territoryId: territory.id,
      requestId: request.id,
      sentence: read.value.sentence,
      version: Number(formText(form, 'version'))
    });
    if (!verdict.ok) return fail(409, { problem: m.door_listen_changed(), sentence });
    redirect(303, `/${territory.slug}/requests/${request.id}/voice?written`);
  },
  call: async (event) => {
    const { territory, request } = await spoken(event);
    const { context } = event.locals;
    const verdict = await promiseContact(context, {
      territoryId: territory.id,
      requestId: request.id,
      kind: 'call',
      on: localDate(context.now, territory.timeZone),
      note: null
    });
    if (!verdict.ok) {
      return fail(409, { problem: m.door_listen_changed(), sentence: request.sentence });
    }
    redirect(303, `/${territory.slug}/week`);
  }
};

async function spoken({ locals, params, url }: RequestEvent) {
  const territory = await territoryAt(locals, params.territory);
  mustBeSignedIn(locals, url);
  const request = await voicedRequest(locals.context, territory.id, params.request);
  if (!request) error(404);
  return { territory, request };
}
