import { error, fail, redirect } from '@sveltejs/kit';
import { placeSchema, readFields } from '@terreau/features/directory/directory.schema';
import { removePlace } from '@terreau/features/directory/remove-place.command';
import { savePlace, type SavePlaceRefusal } from '@terreau/features/directory/save-place.command';
import { asTyped, typedIn } from '#lib/server/directory/forms.ts';
import { hoursToType } from '#lib/server/directory/hours.ts';
import { readGround } from '#lib/server/directory/list-page.ts';
import { ownSheet } from '#lib/server/directory/own-sheet.ts';
import { mustBeSignedIn, territoryAt } from '#lib/server/directory/territory-at.ts';
import { problemsInWords, refusalInWords } from '#lib/server/directory/words.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. `new` in the address stands for a place to add. */
export const csr = false;

const NEW = 'new';

export const load: PageServerLoad = async ({ locals, params, parent, url }) => {
  const { territory } = await parent();
  const sheet = await ownSheet(locals, territory.id, params.organization, url);
  const place = sheet.places.find((each) => each.id === params.place);
  if (!place && params.place !== NEW) error(404);
  const ground = await readGround(locals, territory);
  const position = place?.latitude == null ? '' : `${place.latitude}, ${place.longitude}`;
  return {
    id: sheet.id,
    name: sheet.name,
    isNew: !place,
    values: asTyped({ ...place, position, openingHours: hoursToType(place?.openingHours) }),
    neighbourhoods: ground.neighbourhoods.map(({ id, name }) => ({ value: id, label: name }))
  };
};

export const actions: Actions = {
  save: async ({ locals, params, request, url }) => {
    mustBeSignedIn(locals, url);
    const territory = await territoryAt(locals, params.territory);
    const values = typedIn(await request.formData());
    const read = readFields(placeSchema, values);
    if (!read.ok) return fail(422, { values, ...problemsInWords(read.problems) });
    const verdict = await savePlace(locals.context, {
      territoryId: territory.id,
      organizationId: params.organization,
      placeId: params.place === NEW ? null : params.place,
      fields: read.value
    });
    if (verdict.ok) redirect(303, `/${territory.slug}/organizations/${params.organization}?done=saved`);
    if (verdict.code === 'not-found') error(404);
    return fail(409, { values, ...refusalInWords(refusalText(verdict.code, verdict.details)) });
  },
  remove: async ({ locals, params, url }) => {
    mustBeSignedIn(locals, url);
    const territory = await territoryAt(locals, params.territory);
    const request = { territoryId: territory.id, organizationId: params.organization, placeId: params.place };
    const verdict = await removePlace(locals.context, request);
    if (!verdict.ok) error(404);
    redirect(303, `/${territory.slug}/organizations/${params.organization}?done=saved`);
  }
};

function refusalText(code: Exclude<SavePlaceRefusal, 'not-found'>, details: Readonly<Record<string, string | number>>) {
  if (code === 'place-empty') return m.directory_refusal_place_empty();
  if (code === 'neighbourhood-unknown') return m.directory_refusal_unknown_choice();
  return m.directory_refusal_too_many({ count: Number(details['count']) });
}
