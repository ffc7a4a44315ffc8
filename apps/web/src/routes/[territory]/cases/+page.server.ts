import { searchCases } from '@terreau/features/support/search-cases.query';
import { orNotFound, signedInAt } from '#lib/server/support/form.ts';
import { caseInWords, dimensionOptions } from '#lib/server/support/memory.ts';
import { familyOptions } from '#lib/server/support/work.ts';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const asked = event.url.searchParams;
  const known = (name: string, options: readonly { value: string }[]) =>
    options.find(({ value }) => value === asked.get(name))?.value ?? null;
  const choices = { themes: familyOptions(), dimensions: dimensionOptions() };
  const theme = known('theme', choices.themes);
  const dimension = known('dimension', choices.dimensions);
  const search = { territoryId: territory.id, theme, dimension, after: asked.get('after') };
  const found = orNotFound(await searchCases(event.locals.context, search));
  const filter = new URLSearchParams({ ...(theme ? { theme } : {}), ...(dimension ? { dimension } : {}) });
  if (found.next) filter.set('after', found.next);
  return {
    choices,
    theme,
    dimension,
    total: found.total,
    cases: found.cases.map(caseInWords),
    next: found.next && `?${filter}`
  };
};
