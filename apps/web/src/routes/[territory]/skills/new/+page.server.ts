import { error, fail, redirect } from '@sveltejs/kit';
import { addSkill } from '@terreau/features/directory/add-skill.command';
import { readFields, skillSchema } from '@terreau/features/directory/directory.schema';
import { typedIn } from '#lib/server/directory/forms.ts';
import { SHOWN_AS_WORDS, VISIBILITY_WORDS } from '#lib/server/directory/skill-words.ts';
import { mustBeSignedIn, territoryAt } from '#lib/server/directory/territory-at.ts';
import { problemsInWords, refusalInWords } from '#lib/server/directory/words.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = ({ locals, url }) => {
  mustBeSignedIn(locals, url);
  return {
    shownAs: Object.entries(SHOWN_AS_WORDS).map(([value, label]) => ({ value, label: label() })),
    visibilities: Object.entries(VISIBILITY_WORDS).map(([value, label]) => ({ value, label: label() }))
  };
};

export const actions: Actions = {
  default: async ({ locals, params, request, url }) => {
    mustBeSignedIn(locals, url);
    const territory = await territoryAt(locals, params.territory);
    const values = typedIn(await request.formData());
    const read = readFields(skillSchema, values);
    if (!read.ok) return fail(422, { values, ...problemsInWords(read.problems) });
    const verdict = await addSkill(locals.context, { territoryId: territory.id, fields: read.value });
    if (verdict.ok) redirect(303, `/${territory.slug}/skills?done=${verdict.value.status}`);
    if (verdict.code === 'not-found') error(404);
    const text = m.directory_refusal_too_many({ count: Number(verdict.details['count']) });
    return fail(409, { values, ...refusalInWords(text) });
  }
};
