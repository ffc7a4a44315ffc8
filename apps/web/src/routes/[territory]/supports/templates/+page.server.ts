import { error, fail, redirect } from '@sveltejs/kit';
import { adoptTemplate } from '@terreau/features/orientation/adopt-template.command';
import { listTemplates } from '@terreau/features/orientation/support-templates.query';
import type { SupportKind } from '@terreau/features/orientation/support.schema';
import { formatShortDate } from '#lib/formats.ts';
import { keptTerritory } from '#lib/server/catalogue/form.ts';
import { supportRefusal } from '#lib/server/catalogue/refusals.ts';
import { KIND_WORDS } from '#lib/server/catalogue/words.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const territory = await keptTerritory(locals, params.territory, url);
  const list = await listTemplates(locals.context, {
    territoryId: territory.id,
    after: url.searchParams.get('after')
  });
  if (!list) error(404);
  return {
    next: list.next,
    templates: list.templates.map((template) => ({
      ...template,
      kind: KIND_WORDS[template.kind as SupportKind](),
      publishedOn: formatShortDate(template.publishedAt, territory.timeZone)
    }))
  };
};

export const actions: Actions = {
  adopt: async ({ locals, params, request, url }) => {
    const territory = await keptTerritory(locals, params.territory, url);
    const templateId = String((await request.formData()).get('template') ?? '');
    const verdict = await adoptTemplate(locals.context, { territoryId: territory.id, templateId });
    if (verdict.ok) redirect(303, `/${territory.slug}/supports/${verdict.value}?done=saved`);
    if (verdict.code === 'not-found') error(404);
    return fail(409, { summary: [{ field: null, text: supportRefusal(verdict.code) }] });
  }
};
