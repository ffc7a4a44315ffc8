import { listTerritories } from '#lib/server/territories.ts';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

const SEARCH_MAX_CHARACTERS = 200;

export const load: PageServerLoad = async ({ locals, url }) => {
  const all = await listTerritories(locals);
  const search = (url.searchParams.get('q') ?? '').trim().slice(0, SEARCH_MAX_CHARACTERS);
  const wanted = plainWords(search);
  const territories = all
    .filter(({ name, line }) => plainWords(`${name} ${line}`).includes(wanted))
    .map(({ slug, name, line }) => ({ slug, name, line }));
  return { search, territories, total: all.length, only: all.length === 1 ? all[0]!.slug : null };
};

/** Without accents, capitals or hyphens, as people type. */
function plainWords(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number}]+/gu, ' ')
    .trim();
}
