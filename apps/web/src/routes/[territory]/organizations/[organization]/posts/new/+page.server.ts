import { error, fail, redirect } from '@sveltejs/kit';
import { addPost } from '@terreau/features/directory/add-post.command';
import { postSchema, readFields } from '@terreau/features/directory/directory.schema';
import { categoryChoices } from '#lib/server/directory/form-choices.ts';
import { typedIn } from '#lib/server/directory/forms.ts';
import { ownSheet } from '#lib/server/directory/own-sheet.ts';
import { postRefusal } from '#lib/server/directory/post-page.ts';
import { mustBeSignedIn, territoryAt } from '#lib/server/directory/territory-at.ts';
import { problemsInWords, refusalInWords } from '#lib/server/directory/words.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, params, parent, url }) => {
  const { territory } = await parent();
  const sheet = await ownSheet(locals, territory.id, params.organization, url);
  const kind = url.searchParams.get('kind') === 'offer' ? ('offer' as const) : ('need' as const);
  return { id: sheet.id, name: sheet.name, kind, categories: categoryChoices() };
};

export const actions: Actions = {
  default: async ({ locals, params, request, url }) => {
    mustBeSignedIn(locals, url);
    const territory = await territoryAt(locals, params.territory);
    const values = typedIn(await request.formData());
    const read = readFields(postSchema, values);
    if (!read.ok) return fail(422, { values, ...problemsInWords(read.problems) });
    const verdict = await addPost(locals.context, {
      territoryId: territory.id,
      organizationId: params.organization,
      fields: read.value
    });
    if (verdict.ok) redirect(303, `/${territory.slug}/${read.value.kind}s/${verdict.value}`);
    if (verdict.code === 'not-found') error(404);
    return fail(409, { values, ...refusalInWords(postRefusal(verdict.code, verdict.details)) });
  }
};
