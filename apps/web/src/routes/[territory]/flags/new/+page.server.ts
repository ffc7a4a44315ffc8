import { error, fail } from '@sveltejs/kit';
import { findFlaggable } from '@terreau/features/trust/find-flaggable.query';
import { flagContent } from '@terreau/features/trust/flag-content.command';
import { FLAG_REASONS, readCase } from '@terreau/features/trust/moderation.rules';
import { territoryAt } from '#lib/server/directory/territory-at.ts';
import { formText } from '#lib/server/trust/form-text.ts';
import { reasonWord, refusalWord } from '#lib/server/trust/moderation-words.ts';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { territory } = await parent();
  const about = readCase(url.searchParams.get('subject') ?? '');
  const content = about && (await findFlaggable(locals.context, { territoryId: territory.id, ...about }));
  if (!content) error(404);
  return { ...content, reasons: FLAG_REASONS.map((value) => ({ value, label: reasonWord(value) })) };
};

export const actions: Actions = {
  default: async ({ locals, params, request, url, getClientAddress }) => {
    const territory = await territoryAt(locals, params.territory);
    const about = readCase(url.searchParams.get('subject') ?? '');
    if (!about) error(404);
    const form = await request.formData();
    const values = {
      reason: formText(form, 'reason'),
      details: formText(form, 'details'),
      contact: formText(form, 'contact')
    };
    const verdict = await flagContent(locals.context, {
      territoryId: territory.id,
      subjectKind: about.kind,
      subjectId: about.id,
      reason: values.reason,
      details: values.details || null,
      contact: values.contact || null,
      address: getClientAddress()
    });
    if (verdict.ok) return { isSent: true, problem: null, values };
    if (verdict.code === 'not-found') error(404);
    const status = verdict.code === 'too-many-attempts' ? 429 : 422;
    return fail(status, { isSent: false, problem: refusalWord(verdict.code), values });
  }
};
