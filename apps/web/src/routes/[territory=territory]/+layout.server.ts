import { error } from '@sveltejs/kit';
import { findTerritory } from '#lib/server/territories.ts';
import { m } from '#texts/messages.js';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, params }) => {
  const territory = await findTerritory(locals, params.territory);
  if (!territory) error(404, 'territory not found');
  const home = `/${territory.slug}`;
  return {
    territory,
    house: {
      home,
      place: territory.name,
      contact: `${home}/contact`,
      // Where one can go from any page of a territory: one line per capability.
      links: [{ href: `${home}/contact`, label: m.common_contact_link() }]
    }
  };
};
