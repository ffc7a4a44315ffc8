import { fail, redirect } from '@sveltejs/kit';
import {
  IMPORT_UPLOAD_MAX_BYTES,
  prepareImport,
  SOURCE_MAX_CHARACTERS
} from '@terreau/features/directory/prepare-import.command';
import { listImportRuns } from '@terreau/features/directory/import-runs.query';
import { coordinatedTerritory } from '#lib/server/imports/coordination.ts';
import { importRefusalText, RUN_STATE_TEXTS } from '#lib/server/imports/words.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const territory = await coordinatedTerritory(locals, params.territory, url);
  const list = await listImportRuns(locals.context, territory.id, url.searchParams.get('after'));
  return {
    runs: (list?.runs ?? []).map((run) => ({ ...run, stateText: RUN_STATE_TEXTS[run.state]() })),
    next: list?.next ?? null,
    uploadMaxMegabytes: IMPORT_UPLOAD_MAX_BYTES / 1_000_000
  };
};

export const actions: Actions = {
  default: async ({ locals, params, request, url }) => {
    const territory = await coordinatedTerritory(locals, params.territory, url);
    const form = await request.formData();
    const file = form.get('file');
    const source = String(form.get('source') ?? '').slice(0, SOURCE_MAX_CHARACTERS);
    if (!(file instanceof File) || file.size === 0) return refused('file-missing', source);
    if (file.size > IMPORT_UPLOAD_MAX_BYTES) return refused('file-too-large', source);
    const bytes = new Uint8Array(await file.arrayBuffer());
    const verdict = await prepareImport(locals.context, {
      territoryId: territory.id,
      fileName: file.name,
      bytes,
      source
    });
    if (!verdict.ok) return refused(verdict.code, source);
    redirect(303, `/${territory.slug}/coordination/imports/${verdict.value.runId}`);
  }
};

function refused(code: string, source: string) {
  return fail(422, { error: importRefusalText(code), source });
}
