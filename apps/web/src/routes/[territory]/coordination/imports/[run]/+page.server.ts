import { error, fail, redirect } from '@sveltejs/kit';
import { cancelImport } from '@terreau/features/directory/cancel-import.command';
import { correctImport } from '@terreau/features/directory/correct-import.command';
import { findImportRun } from '@terreau/features/directory/import-runs.query';
import { saveImportMapping } from '@terreau/features/directory/save-import-mapping.command';
import { coordinatedTerritory } from '#lib/server/imports/coordination.ts';
import { fieldOptions, mappingIn, presetOptions, shownRun } from '#lib/server/imports/run-page.ts';
import { startRun } from '#lib/server/imports/start-run.ts';
import { importRefusalText } from '#lib/server/imports/words.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const territory = await coordinatedTerritory(locals, params.territory, url);
  const run = await findImportRun(locals.context, territory.id, params.run);
  if (!run) error(404);
  return { run: shownRun(run), fieldOptions: fieldOptions(), presetOptions: presetOptions() };
};

export const actions: Actions = {
  confirm: async (event) => {
    const { territory, here } = await place(event);
    const refusal = await startRun(event.locals.context, territory.id, event.params.run);
    if (refusal === 'not-found') error(404);
    if (refusal && refusal !== 'cancelled') return refused(refusal);
    redirect(303, here);
  },
  correct: async (event) => {
    const { territory, here } = await place(event);
    const run = await findImportRun(event.locals.context, territory.id, event.params.run);
    if (!run) error(404);
    const form = await event.request.formData();
    const preset = String(form.get('preset') ?? '') || null;
    const current = run.analysis?.parts[0];
    // Another kind of file reads its own columns; the same kind reads those that were just chosen.
    const isSameKind = preset === null || preset === current?.preset;
    const mapping = isSameKind && current ? mappingIn(form, current.columns) : null;
    const chosen = mapping && Object.keys(mapping.columns).length > 0 ? mapping : null;
    const verdict = await correctImport(event.locals.context, {
      territoryId: territory.id,
      runId: event.params.run,
      preset: preset ?? (chosen ? (current?.preset ?? null) : null),
      mapping: chosen,
      source: String(form.get('source') ?? '')
    });
    if (!verdict.ok) return refused(verdict.code);
    redirect(303, here);
  },
  save: async (event) => {
    const { territory, here } = await place(event);
    const form = await event.request.formData();
    const verdict = await saveImportMapping(event.locals.context, {
      territoryId: territory.id,
      runId: event.params.run,
      name: String(form.get('name') ?? '')
    });
    if (!verdict.ok) return refused(verdict.code);
    redirect(303, `${here}?saved=1`);
  },
  cancel: async (event) => {
    const { territory, here } = await place(event);
    const verdict = await cancelImport(event.locals.context, { territoryId: territory.id, runId: event.params.run });
    if (!verdict.ok && verdict.code === 'not-found') error(404);
    redirect(303, here);
  }
};

async function place({ locals, params, url }: RequestEvent) {
  const territory = await coordinatedTerritory(locals, params.territory, url);
  return { territory, here: `/${territory.slug}/coordination/imports/${params.run}` };
}

function refused(code: string) {
  return fail(409, { error: importRefusalText(code) });
}
