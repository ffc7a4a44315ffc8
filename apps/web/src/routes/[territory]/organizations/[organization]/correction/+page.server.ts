import { error, fail, redirect } from '@sveltejs/kit';
import { correctionSchema, readFields } from '@terreau/features/directory/directory.schema';
import { findOrganization } from '@terreau/features/directory/find-organization.query';
import { reportCorrection } from '@terreau/features/directory/report-correction.command';
import { typedIn } from '#lib/server/directory/forms.ts';
import { territoryAt } from '#lib/server/directory/territory-at.ts';
import { CORRECTION_WORDS, problemsInWords, refusalInWords } from '#lib/server/directory/words.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, params, parent }) => {
  const { territory } = await parent();
  const found = await findOrganization(locals.context, territory.id, params.organization);
  if (found?.kind !== 'sheet' || found.sheet.status !== 'published') error(404);
  const kinds = Object.entries(CORRECTION_WORDS).map(([value, label]) => ({ value, label: label() }));
  return { name: found.sheet.name, organizationId: found.sheet.id, kinds };
};

export const actions: Actions = {
  default: async ({ locals, params, request, getClientAddress }) => {
    const territory = await territoryAt(locals, params.territory);
    const values = typedIn(await request.formData());
    const read = readFields(correctionSchema, values);
    if (!read.ok) return fail(422, { values, ...problemsInWords(read.problems) });
    const verdict = await reportCorrection(locals.context, {
      territoryId: territory.id,
      organizationId: params.organization,
      fields: read.value,
      address: getClientAddress()
    });
    if (!verdict.ok) {
      if (verdict.code === 'not-found') error(404);
      const minutes = Number(verdict.details['minutes'] ?? 1);
      return fail(429, { values, ...refusalInWords(m.directory_refusal_too_many_attempts({ minutes })) });
    }
    redirect(303, `/${territory.slug}/organizations/${params.organization}?done=sent`);
  }
};
