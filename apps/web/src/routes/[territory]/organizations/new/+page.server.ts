import { error, fail, redirect } from '@sveltejs/kit';
import { createOrganization } from '@terreau/features/directory/create-organization.command';
import { organizationSchema, placeSchema, readFields } from '@terreau/features/directory/directory.schema';
import { organizationChoices } from '#lib/server/directory/form-choices.ts';
import { textIn, typedIn } from '#lib/server/directory/forms.ts';
import { readGround } from '#lib/server/directory/list-page.ts';
import { mustBeSignedIn, territoryAt } from '#lib/server/directory/territory-at.ts';
import { problemsInWords, refusalInWords } from '#lib/server/directory/words.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  mustBeSignedIn(locals, url);
  const { territory } = await parent();
  const ground = await readGround(locals, territory);
  return {
    choices: organizationChoices(),
    neighbourhoods: ground.neighbourhoods.map(({ id, name }) => ({ value: id, label: name }))
  };
};

export const actions: Actions = {
  default: async ({ locals, params, request, url }) => {
    mustBeSignedIn(locals, url);
    const territory = await territoryAt(locals, params.territory);
    const values = typedIn(await request.formData());
    const organization = readFields(organizationSchema, values);
    const place = readFields(placeSchema, values);
    if (!organization.ok || !place.ok) {
      const problems = { ...(organization.ok ? {} : organization.problems), ...(place.ok ? {} : place.problems) };
      return fail(422, { values, known: null, ...problemsInWords(problems) });
    }
    const verdict = await createOrganization(locals.context, {
      territoryId: territory.id,
      fields: organization.value,
      place: place.value,
      isAnother: textIn(values, 'isAnother') === 'yes'
    });
    if (verdict.ok) redirect(303, `/${territory.slug}/organizations/${verdict.value.id}?done=saved`);
    const { details } = verdict;
    if (verdict.code === 'not-found') error(404);
    if (verdict.code === 'too-many-waiting') {
      const text = m.directory_refusal_too_many_waiting({ count: Number(details['count']) });
      return fail(409, { values, known: null, ...refusalInWords(text) });
    }
    const known = { id: String(details['id']), name: String(details['name']) };
    return fail(409, { values, known, ...refusalInWords(m.directory_refusal_already_there({ name: known.name })) });
  }
};
