import { isFiltered, readFilters } from '#lib/server/directory/list-search.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => {
  const filters = readFilters(url.searchParams);
  const filtered = isFiltered(filters) || filters.text !== '';
  return { query: filtered ? url.search : '' };
};
