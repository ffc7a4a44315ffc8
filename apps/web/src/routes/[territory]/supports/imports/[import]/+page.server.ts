import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { runSupportImport } from '@terreau/features/orientation/run-support-import.command';
import { settleSupportImport } from '@terreau/features/orientation/settle-support-import.command';
import { findSupportImport } from '@terreau/features/orientation/support-imports.query';
import type { SupportMapping } from '@terreau/features/orientation/support-presets.rules';
import { keptTerritory } from '#lib/server/catalogue/form.ts';
import { mappedFields, PRESET_WORDS, rowProblemInWords } from '#lib/server/catalogue/import-words.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const territory = await keptTerritory(locals, params.territory, url);
  const found = await findSupportImport(locals.context, territory.id, params.import);
  if (!found) error(404);
  const { report, mapping, columns, ...shown } = found;
  return {
    shown: { ...shown, presetText: PRESET_WORDS[found.preset]() },
    report: report && { ...report, problems: report.problems.map(rowProblemInWords) },
    fields: columns.length > 0 ? mappedFields(mapping) : [],
    columns: columns.map((column) => ({ value: column, label: column }))
  };
};

export const actions: Actions = {
  confirm: async (event) => {
    const { request } = await place(event);
    return after(event, await runSupportImport(event.locals.context, request));
  },
  correct: async (event) => {
    const { request, fields } = await place(event);
    const form = await event.request.formData();
    const chosen = fields.map(({ field }) => [field, String(form.get(field) ?? '')] as const);
    const mapping: SupportMapping = Object.fromEntries(chosen.filter(([, column]) => column !== ''));
    return after(event, await settleSupportImport(event.locals.context, { ...request, mapping }));
  },
  cancel: async (event) => {
    const { request } = await place(event);
    return after(event, await settleSupportImport(event.locals.context, { ...request, mapping: null }));
  }
};

async function place({ locals, params, url }: RequestEvent<{ territory: string; import: string }>) {
  const territory = await keptTerritory(locals, params.territory, url);
  return { request: { territoryId: territory.id, importId: params.import }, fields: mappedFields({}) };
}

function after({ url }: RequestEvent, verdict: { ok: true } | { ok: false; code: string }) {
  if (verdict.ok) redirect(303, url.pathname);
  if (verdict.code === 'not-found') error(404);
  return fail(409, { summary: [{ field: null, text: m.catalogue_refusal_move() }] });
}
