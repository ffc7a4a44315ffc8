import { defineParams } from '@sveltejs/kit/params';
import { isTerritorySlug } from '#lib/territory-slugs.ts';

export const params = defineParams({
  /** The address of a territory: `/valbrune/…`. */
  territory: (value) => (isTerritorySlug(value) ? value : undefined)
});
