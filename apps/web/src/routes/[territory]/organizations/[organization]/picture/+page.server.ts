import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { PICTURE_UPLOAD_MAX_BYTES } from '@terreau/features/directory/picture.rules';
import { removePicture } from '@terreau/features/directory/remove-picture.command';
import { setPicture } from '@terreau/features/directory/set-picture.command';
import { ownSheet } from '#lib/server/directory/own-sheet.ts';
import { pictureRefusal } from '#lib/server/directory/picture-words.ts';
import { mustBeSignedIn, territoryAt } from '#lib/server/directory/territory-at.ts';
import { platform } from '#lib/server/platform.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, params, parent, url }) => {
  const { territory } = await parent();
  const { id, name, picture } = await ownSheet(locals, territory.id, params.organization, url);
  return { id, name, picture, maxMegabytes: PICTURE_UPLOAD_MAX_BYTES / 1_000_000 };
};

export const actions: Actions = {
  save: async (event) => {
    const { territoryId, sheet, files } = await place(event);
    const form = await event.request.formData();
    const alternative = String(form.get('alternative') ?? '');
    const file = form.get('picture');
    const isSent = file instanceof File && file.size > 0;
    if (isSent && file.size > PICTURE_UPLOAD_MAX_BYTES) return refused('picture-too-heavy', alternative);
    const verdict = await setPicture(event.locals.context, files, {
      territoryId,
      organizationId: event.params.organization!,
      bytes: isSent ? new Uint8Array(await file.arrayBuffer()) : null,
      alternative
    });
    if (verdict.ok) redirect(303, `${sheet}?done=saved`);
    if (verdict.code === 'not-found') error(404);
    return refused(verdict.code, alternative);
  },
  remove: async (event) => {
    const { territoryId, sheet, files } = await place(event);
    const request = { territoryId, organizationId: event.params.organization! };
    const verdict = await removePicture(event.locals.context, files, request);
    if (!verdict.ok) error(404);
    redirect(303, `${sheet}?done=saved`);
  }
};

async function place({ locals, params, url }: RequestEvent) {
  mustBeSignedIn(locals, url);
  const territory = await territoryAt(locals, params.territory!);
  const sheet = `/${territory.slug}/organizations/${params.organization}`;
  return { territoryId: territory.id, sheet, files: (await platform()).files };
}

function refused(code: Parameters<typeof pictureRefusal>[0], alternative: string) {
  const { field, text } = pictureRefusal(code);
  return fail(422, { alternative: alternative.slice(0, 1000), field, text });
}
