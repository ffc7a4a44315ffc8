import { fail } from '@sveltejs/kit';
import { FIGURES_FILE_MAX_BYTES, importFigures } from '@terreau/features/territories/import-figures.command';
import { shapedTerritory } from '#lib/server/territories/coordination.ts';
import { fileRefusalText, FIGURE_PROBLEM_TEXTS } from '#lib/server/territories/file-words.ts';
import type { Actions, PageServerLoad } from './$types';

const PROBLEMS_SHOWN_MAX_COUNT = 200;

export const load: PageServerLoad = async ({ locals, params, url }) => {
  await shapedTerritory(locals, params.territory, url);
  return { maxMegabytes: FIGURES_FILE_MAX_BYTES / 1e6 };
};

export const actions: Actions = {
  default: async ({ locals, params, request, url }) => {
    const territory = await shapedTerritory(locals, params.territory, url);
    const file = (await request.formData()).get('file');
    if (!(file instanceof File) || file.size === 0) return fail(422, { error: fileRefusalText('file-missing') });
    if (file.size > FIGURES_FILE_MAX_BYTES) return fail(422, { error: fileRefusalText('file-too-large') });
    const bytes = new Uint8Array(await file.arrayBuffer());
    const verdict = await importFigures(locals.context, { territoryId: territory.id, fileName: file.name, bytes });
    if (!verdict.ok) return fail(422, { error: fileRefusalText(verdict.code, verdict.details) });
    const { written, problems } = verdict.value;
    if (problems.length === 0) return { written };
    return fail(422, {
      total: problems.length,
      problems: problems
        .slice(0, PROBLEMS_SHOWN_MAX_COUNT)
        .map((problem, index) => ({ ...problem, id: String(index), text: FIGURE_PROBLEM_TEXTS[problem.code]() }))
    });
  }
};
