import { toldYear } from '#lib/server/support/year-words.ts';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const { found, told } = await toldYear(event, 'page');
  return {
    dossier: found.head,
    year: String(found.year),
    years: found.years.map((year) => ({ value: String(year), label: String(year) })),
    told
  };
};
