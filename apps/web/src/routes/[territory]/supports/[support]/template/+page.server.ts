import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { findSupport } from '@terreau/features/orientation/find-support.query';
import { settleTemplateField } from '@terreau/features/orientation/settle-template-field.command';
import { supportDrift } from '@terreau/features/orientation/support-templates.query';
import { formatShortDate } from '#lib/formats.ts';
import { driftInWords } from '#lib/server/catalogue/drift.ts';
import { keptTerritory } from '#lib/server/catalogue/form.ts';
import { supportRefusal } from '#lib/server/catalogue/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const territory = await keptTerritory(locals, params.territory, url);
  const sheet = await findSupport(locals.context, territory.id, params.support);
  const drift = sheet && (await supportDrift(locals.context, territory.id, sheet.id));
  if (!drift) error(404);
  return {
    id: sheet.id,
    title: sheet.title,
    drift: {
      ...drift,
      newestOn: formatShortDate(drift.newestAt, territory.timeZone),
      fields: drift.fields.map(driftInWords)
    }
  };
};

export const actions: Actions = { take: (event) => settle(event, 'take'), leave: (event) => settle(event, 'leave') };

async function settle(event: RequestEvent<{ territory: string; support: string }>, choice: 'take' | 'leave') {
  const territory = await keptTerritory(event.locals, event.params.territory, event.url);
  const form = await event.request.formData();
  const field = String(form.get('field') ?? '');
  const note = String(form.get(`note-${field}`) ?? '');
  const verdict = await settleTemplateField(event.locals.context, {
    territoryId: territory.id,
    supportId: event.params.support,
    field,
    number: Number(form.get('number')) || 0,
    choice,
    note
  });
  if (verdict.ok) redirect(303, event.url.pathname);
  if (verdict.code === 'not-found') error(404);
  return fail(409, { field, note, summary: [{ field: `note-${field}`, text: supportRefusal(verdict.code) }] });
}
