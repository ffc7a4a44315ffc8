import { error, fail, redirect } from '@sveltejs/kit';
import { decideCorrection } from '@terreau/features/directory/decide-correction.command';
import { directoryQueue } from '@terreau/features/directory/list-corrections.query';
import { displayPhone } from '@terreau/formats/cells';
import { formatShortDate } from '#lib/formats.ts';
import { textIn, typedIn } from '#lib/server/directory/forms.ts';
import { mustBeSignedIn, territoryAt } from '#lib/server/directory/territory-at.ts';
import { CORRECTION_WORDS, refusalInWords } from '#lib/server/directory/words.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  mustBeSignedIn(locals, url);
  const { territory } = await parent();
  const after = url.searchParams.get('after') ?? undefined;
  const queue = await directoryQueue(locals.context, { territoryId: territory.id, after });
  if (!queue) error(404);
  return {
    decided: url.searchParams.get('done') === 'decided',
    total: queue.correctionsTotal,
    corrections: queue.corrections.map((correction) => ({
      ...correction,
      kindText: CORRECTION_WORDS[correction.kind](),
      contact:
        correction.contact &&
        (correction.contact.includes('@') ? correction.contact : displayPhone(correction.contact)),
      receivedOn: formatShortDate(correction.receivedAt, territory.timeZone)
    })),
    sheets: queue.sheets.map((sheet) => ({
      id: sheet.id,
      name: sheet.name,
      receivedOn: formatShortDate(sheet.createdAt, territory.timeZone)
    })),
    next: queue.next && `${url.pathname}?after=${queue.next}`
  };
};

export const actions: Actions = {
  decide: async ({ locals, params, request, url }) => {
    mustBeSignedIn(locals, url);
    const territory = await territoryAt(locals, params.territory);
    const values = typedIn(await request.formData());
    const verdict = await decideCorrection(locals.context, {
      territoryId: territory.id,
      correctionId: textIn(values, 'correction'),
      decision: textIn(values, 'decision') === 'applied' ? 'applied' : 'dismissed',
      reason: textIn(values, 'reason') || null
    });
    if (verdict.ok) redirect(303, `${url.pathname}?done=decided`);
    if (verdict.code === 'not-found') error(404);
    const text =
      verdict.code === 'reason-missing'
        ? m.directory_refusal_reason_missing()
        : m.directory_refusal_text_too_long({ max: Number(verdict.details['max']) });
    return fail(422, { values, ...refusalInWords(text), correction: textIn(values, 'correction') });
  }
};
