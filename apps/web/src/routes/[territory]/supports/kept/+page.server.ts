import { error } from '@sveltejs/kit';
import { KEPT_PILES, listKeptSupports } from '@terreau/features/orientation/list-kept-supports.query';
import { formatLocalDate } from '#lib/formats.ts';
import { keptTerritory } from '#lib/server/catalogue/form.ts';
import { supportLine } from '#lib/server/catalogue/list-page.ts';
import { PILE_WORDS } from '#lib/server/catalogue/words.ts';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const territory = await keptTerritory(locals, params.territory, url);
  const asked = url.searchParams.get('pile');
  const pile = KEPT_PILES.find((each) => each === asked) ?? 'due';
  const kept = await listKeptSupports(locals.context, {
    territoryId: territory.id,
    pile,
    after: url.searchParams.get('after')
  });
  if (!kept) error(404);
  return {
    pile,
    piles: KEPT_PILES.map((each) => ({ value: each, label: PILE_WORDS[each](), count: kept.counts[each] })),
    published: kept.published,
    next: kept.next,
    items: kept.items.map((sheet) => ({
      ...supportLine(sheet),
      checked: sheet.checkedOn === null ? null : formatLocalDate(sheet.checkedOn)
    }))
  };
};
