import { error, fail, redirect } from '@sveltejs/kit';
import { organizationSchema, readFields } from '@terreau/features/directory/directory.schema';
import { editOrganization } from '@terreau/features/directory/edit-organization.command';
import { organizationChoices } from '#lib/server/directory/form-choices.ts';
import { asTyped, textIn, typedIn } from '#lib/server/directory/forms.ts';
import { ownSheet } from '#lib/server/directory/own-sheet.ts';
import { mustBeSignedIn, territoryAt } from '#lib/server/directory/territory-at.ts';
import { problemsInWords, refusalInWords } from '#lib/server/directory/words.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, params, parent, url }) => {
  const { territory } = await parent();
  const sheet = await ownSheet(locals, territory.id, params.organization, url);
  const { name, acronym, legalForm, siret, rna, description, descriptionEn, plainDescription } = sheet;
  const { website, email, phone, themes, publics, networks, promiseMonths } = sheet;
  const identity = { name, acronym, legalForm, siret, rna, description, descriptionEn, plainDescription };
  return {
    id: sheet.id,
    name,
    seenAt: sheet.updatedAt.toISOString(),
    values: asTyped({ ...identity, website, email, phone, themes, publics, networks, promiseMonths }),
    choices: organizationChoices()
  };
};

export const actions: Actions = {
  default: async ({ locals, params, request, url }) => {
    mustBeSignedIn(locals, url);
    const territory = await territoryAt(locals, params.territory);
    const values = typedIn(await request.formData());
    const read = readFields(organizationSchema, values);
    if (!read.ok) return fail(422, { values, ...problemsInWords(read.problems) });
    const verdict = await editOrganization(locals.context, {
      territoryId: territory.id,
      organizationId: params.organization,
      fields: read.value,
      seenAt: textIn(values, 'seenAt') || null,
      confirms: textIn(values, 'confirms') === 'yes'
    });
    if (verdict.ok) redirect(303, `/${territory.slug}/organizations/${params.organization}?done=saved`);
    if (verdict.code === 'not-found') error(404);
    const text =
      verdict.code === 'name-reserved' ? m.directory_refusal_name_reserved() : m.directory_refusal_changed_meanwhile();
    return fail(409, { values, ...refusalInWords(text) });
  }
};
