import { error, fail, redirect } from '@sveltejs/kit';
import { readFields, serviceSchema } from '@terreau/features/directory/directory.schema';
import { removeService } from '@terreau/features/directory/remove-service.command';
import { saveService } from '@terreau/features/directory/save-service.command';
import { serviceChoices } from '#lib/server/directory/form-choices.ts';
import { asTyped, typedIn } from '#lib/server/directory/forms.ts';
import { hoursToType } from '#lib/server/directory/hours.ts';
import { ownSheet } from '#lib/server/directory/own-sheet.ts';
import { mustBeSignedIn, territoryAt } from '#lib/server/directory/territory-at.ts';
import { problemsInWords, refusalInWords } from '#lib/server/directory/words.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. `new` in the address stands for a service to add. */
export const csr = false;

const NEW = 'new';

export const load: PageServerLoad = async ({ locals, params, parent, url }) => {
  const { territory } = await parent();
  const sheet = await ownSheet(locals, territory.id, params.organization, url);
  const service = sheet.services.find((each) => each.id === params.service);
  if (!service && params.service !== NEW) error(404);
  return {
    id: sheet.id,
    name: sheet.name,
    isNew: !service,
    values: asTyped({ ...service, openingHours: hoursToType(service?.openingHours) }),
    choices: serviceChoices(),
    places: sheet.places.map((place) => ({ value: place.id, label: place.label ?? place.address ?? place.city ?? '—' }))
  };
};

export const actions: Actions = {
  save: async ({ locals, params, request, url }) => {
    mustBeSignedIn(locals, url);
    const territory = await territoryAt(locals, params.territory);
    const values = typedIn(await request.formData());
    const read = readFields(serviceSchema, values);
    if (!read.ok) return fail(422, { values, ...problemsInWords(read.problems) });
    const placeIds = values['placeIds'];
    const verdict = await saveService(locals.context, {
      territoryId: territory.id,
      organizationId: params.organization,
      serviceId: params.service === NEW ? null : params.service,
      fields: read.value,
      placeIds: Array.isArray(placeIds) ? placeIds : []
    });
    if (verdict.ok) redirect(303, `/${territory.slug}/organizations/${params.organization}?done=saved`);
    if (verdict.code === 'not-found') error(404);
    const text =
      verdict.code === 'place-unknown'
        ? m.directory_refusal_unknown_choice()
        : m.directory_refusal_too_many({ count: Number(verdict.details['count']) });
    return fail(409, { values, ...refusalInWords(text) });
  },
  remove: async ({ locals, params, url }) => {
    mustBeSignedIn(locals, url);
    const territory = await territoryAt(locals, params.territory);
    const request = { territoryId: territory.id, organizationId: params.organization, serviceId: params.service };
    const verdict = await removeService(locals.context, request);
    if (!verdict.ok) error(404);
    redirect(303, `/${territory.slug}/organizations/${params.organization}?done=saved`);
  }
};
