import { error, fail, redirect } from '@sveltejs/kit';
import {
  prepareSupportImport,
  SUPPORT_SOURCE_MAX_CHARACTERS,
  SUPPORT_UPLOAD_MAX_BYTES
} from '@terreau/features/orientation/prepare-support-import.command';
import { listSupportImports } from '@terreau/features/orientation/support-imports.query';
import { formatShortDate } from '#lib/formats.ts';
import { keptTerritory } from '#lib/server/catalogue/form.ts';
import { IMPORT_STATE_WORDS } from '#lib/server/catalogue/import-words.ts';
import { importRefusalText } from '#lib/server/imports/words.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const territory = await keptTerritory(locals, params.territory, url);
  const list = await listSupportImports(locals.context, territory.id, url.searchParams.get('after'));
  if (!list) error(404);
  return {
    uploadMaxMegabytes: SUPPORT_UPLOAD_MAX_BYTES / 1_000_000,
    next: list.next,
    imports: list.imports.map((each) => ({
      ...each,
      stateText: IMPORT_STATE_WORDS[each.state](),
      createdOn: formatShortDate(each.createdAt, territory.timeZone)
    }))
  };
};

export const actions: Actions = {
  default: async ({ locals, params, request, url }) => {
    const territory = await keptTerritory(locals, params.territory, url);
    const form = await request.formData();
    const file = form.get('file');
    const source = String(form.get('source') ?? '').slice(0, SUPPORT_SOURCE_MAX_CHARACTERS);
    const typedDate = String(form.get('trueOn') ?? '');
    const trueOn = /^\d{4}-\d{2}-\d{2}$/.test(typedDate) && !Number.isNaN(Date.parse(typedDate)) ? typedDate : null;
    const refused = (code: string) => fail(422, { source, trueOn: typedDate, error: importRefusalText(code) });
    if (!(file instanceof File) || file.size === 0) return refused('file-missing');
    if (file.size > SUPPORT_UPLOAD_MAX_BYTES) return refused('file-too-large');
    const verdict = await prepareSupportImport(locals.context, {
      territoryId: territory.id,
      fileName: file.name,
      bytes: new Uint8Array(await file.arrayBuffer()),
      source,
      trueOn
    });
    if (!verdict.ok) return refused(verdict.code);
    redirect(303, `/${territory.slug}/supports/imports/${verdict.value}`);
  }
};
