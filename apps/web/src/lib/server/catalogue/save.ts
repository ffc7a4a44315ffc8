import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { readFields } from '@terreau/features/directory/directory.schema';
import { saveSupport } from '@terreau/features/orientation/save-support.command';
import { supportSchema } from '@terreau/features/orientation/support.schema';
import type { Id } from '@terreau/kernel/ids';
import { textIn, typedIn } from '#lib/server/directory/forms.ts';
import { keptTerritory } from './form.ts';
import { supportRefusal } from './refusals.ts';
import { supportProblems } from './words.ts';

/** The action of the form of a sheet, new or not. */
export async function saveTyped(event: RequestEvent<{ territory: string }>, supportId: Id | null) {
  const territory = await keptTerritory(event.locals, event.params.territory, event.url);
  const values = typedIn(await event.request.formData());
  const read = readFields(supportSchema, values);
  if (!read.ok) return fail(422, { values, ...supportProblems(read.problems) });
  const verdict = await saveSupport(event.locals.context, {
    territoryId: territory.id,
    supportId,
    fields: read.value,
    isChecked: textIn(values, 'checked') === '1',
    isDraft: textIn(values, 'as') === 'draft'
  });
  if (verdict.ok) redirect(303, `/${territory.slug}/supports/${verdict.value}?done=saved`);
  if (verdict.code === 'not-found') error(404);
  const text = supportRefusal(verdict.code);
  const field = verdict.code === 'source-missing' ? 'sourceUrl' : null;
  return fail(409, {
    values,
    errors: (field ? { [field]: text } : {}) as Record<string, string>,
    summary: [{ field, text }]
  });
}
