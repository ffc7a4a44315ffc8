import { fail, redirect } from '@sveltejs/kit';
import { createTerritory } from '@terreau/features/territories/create-territory.command';
import {
  officialArea,
  OFFICIAL_SOURCE,
  searchGeography,
  type OfficialArea
} from '@terreau/features/territories/search-geography.query';
import { mustAdminister } from '#lib/server/administration.ts';
import { territoryRefusal } from '#lib/server/territories/territory-words.ts';
import type { Actions, PageServerLoad } from './$types';

const AREAS_MAX_COUNT = 100;
const QUERY_MAX_CHARACTERS = 100;

/** The address bar holds the choice: what was searched (`q`), and each area chosen so far (`area=commune-34172`). */
export const load: PageServerLoad = ({ locals, url }) => {
  mustAdminister(locals, url);
  const q = (url.searchParams.get('q') ?? '').slice(0, QUERY_MAX_CHARACTERS);
  const chosen = areasOf(url.searchParams.getAll('area'));
  const keys = new Set(chosen.map(keyOf));
  return {
    q,
    chosen: chosen.map(withKey),
    found:
      q.trim() === ''
        ? null
        : searchGeography(q)
            .filter((area) => !keys.has(keyOf(area)))
            .map(withKey),
    source: OFFICIAL_SOURCE
  };
};

export const actions: Actions = {
  default: async ({ locals, request, url }) => {
    mustAdminister(locals, url);
    const form = await request.formData();
    const values = Object.fromEntries(
      ['name', 'slug', 'description'].map((name) => [name, String(form.get(name) ?? '')])
    );
    const areas = areasOf(form.getAll('area').map(String));
    const codes = (kind: OfficialArea['kind']) => areas.filter((area) => area.kind === kind).map(({ code }) => code);
    const verdict = await createTerritory(locals.context, {
      name: values['name'] ?? '',
      slug: values['slug'] || undefined,
      description: values['description']?.trim() || undefined,
      communes: codes('commune'),
      epcis: codes('epci'),
      departements: codes('departement')
    });
    if (!verdict.ok) return fail(422, { ...territoryRefusal(verdict.code), values });
    redirect(303, `/${verdict.value.slug}/portrait`);
  }
};

function areasOf(keys: readonly string[]): OfficialArea[] {
  return [...new Set(keys)].slice(0, AREAS_MAX_COUNT).flatMap((key) => {
    const [kind, code] = key.split('-');
    if (kind !== 'commune' && kind !== 'epci' && kind !== 'departement') return [];
    return officialArea(kind, code ?? '') ?? [];
  });
}

const keyOf = ({ kind, code }: OfficialArea) => `${kind}-${code}`;
const withKey = (area: OfficialArea) => ({ ...area, key: keyOf(area) });
