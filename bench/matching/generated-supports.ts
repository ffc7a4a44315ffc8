import { THEMES, PUBLICS } from '../../packages/formats/src/data-inclusion/vocabulary.ts';
import type { Asker } from '../../packages/matching/src/asker.ts';
import { SUPPORT_KINDS, type Scope, type Support } from '../../packages/matching/src/support.ts';
import { drawer } from './drawer.ts';

/*
 * A country of supports, always the same for a size: 96 départements with a hundred communes each, on a grid of the size
 * of France. Two thirds act in one commune, as real services do; themes follow a steep curve, as real ones do.
 */
export const TODAY = '2026-11-26';
const FORMS = ['association', 'informal-group', 'company', 'cooperative', 'public-body'];
const DEPARTEMENTS = 96;
const COMMUNES_PER_DEPARTEMENT = 100;

export function generateSupports(count: number, seed = 1): Support[] {
  const draw = drawer(seed);
  return Array.from({ length: count }, (_, n) => generateSupport(n, draw));
}

/** Projects that ask: a commune, a theme or three, a public, and now and then nothing told of the structure. */
export function generateAskers(count: number, seed = 2): Asker[] {
  const draw = drawer(seed);
  return Array.from({ length: count }, () => {
    const place = drawPlace(draw);
    const told = draw() < 0.7;
    return {
      kinds: draw() < 0.3 ? [pick(SUPPORT_KINDS, draw)] : [],
      themes: [...new Set(Array.from({ length: 1 + Math.floor(draw() * 3) }, () => drawTheme(draw)))].map(
        (code, i) => ({
          code,
          weight: i === 0 ? 1000 : 500
        })
      ),
      publics: draw() < 0.6 ? [pick(PUBLICS, draw).code] : [],
      languages: draw() < 0.1 ? ['ar'] : [],
      accessibility: draw() < 0.1 ? ['step-free'] : [],
      areas: { ...place.areas, territory: null },
      point: place.point,
      legalForm: told ? pick(FORMS, draw) : null,
      ageMonths: told ? Math.floor(draw() * 120) : null,
      employees: told ? Math.floor(draw() * 20) : null,
      budgetCents: told ? Math.floor(draw() * 20_000_000) : null,
      date: TODAY
    };
  });
}

function generateSupport(n: number, draw: () => number): Support {
  const place = drawPlace(draw);
  const isSheet = draw() < 0.15;
  const openFor = Math.floor(draw() * 400) - 40;
  return {
    id: `s${String(n).padStart(8, '0')}`,
    kind: isSheet ? (draw() < 0.5 ? 'funding' : 'information') : pick(SUPPORT_KINDS.slice(0, 5), draw),
    themes:
      draw() < 0.05 ? [] : [...new Set(Array.from({ length: 1 + Math.floor(draw() * 2) }, () => drawTheme(draw)))],
    publics: draw() < 0.6 ? [] : [pick(PUBLICS, draw).code],
    languages: draw() < 0.9 ? [] : ['fr', 'ar'],
    accessibility: draw() < 0.5 ? {} : { 'step-free': draw() < 0.7 },
    scopes: [drawScope(place, draw)],
    legalForms: draw() < 0.8 ? [] : [pick(FORMS, draw)],
    ageMonths: draw() < 0.9 ? {} : { min: 12 },
    employees: draw() < 0.95 ? {} : { max: 10 },
    budgetCents: {},
    openFrom: null,
    openUntil: draw() < 0.8 ? null : dayFrom(openFor),
    checkedOn: draw() < 0.1 ? null : dayFrom(-Math.floor(draw() * 500)),
    stale: draw() < 0.1,
    load: draw() < 0.6 ? null : { open: Math.floor(draw() * 8), places: 1 + Math.floor(draw() * 8) },
    lately: { suggested: Math.floor(draw() ** 3 * 40), answered: Math.floor(draw() ** 3 * 20) },
    location: isSheet ? null : place.point
  };
}

type Place = ReturnType<typeof drawPlace>;

function drawPlace(draw: () => number) {
  // Communes are not alike: the square makes some départements several times as full as others.
  const departement = Math.floor(draw() ** 2 * DEPARTEMENTS);
  const commune = Math.floor(draw() ** 2 * COMMUNES_PER_DEPARTEMENT);
  const code = String(departement + 1).padStart(2, '0');
  const epci = `2${code}${String(Math.floor(commune / 20)).padStart(6, '0')}`;
  return {
    areas: {
      region: [String(Math.floor(departement / 8) + 1).padStart(2, '0')],
      departement: [code],
      epci: [epci],
      commune: [`${code}${String(commune + 1).padStart(3, '0')}`],
      qpv: draw() < 0.15 ? [`QN${code}${String(commune + 1).padStart(3, '0')}M`] : []
    },
    point: {
      latitude: 43 + Math.floor(departement / 10) * 0.8 + Math.floor(commune / 10) * 0.08 + draw() * 0.05,
      longitude: -3 + (departement % 10) * 1.1 + (commune % 10) * 0.11 + draw() * 0.06
    }
  };
}

function drawScope(place: Place, draw: () => number): Scope {
  const share = draw();
  if (share < 0.02) return { level: 'national' };
  if (share < 0.07) return { level: 'region', codes: place.areas.region };
  if (share < 0.19) return { level: 'departement', codes: place.areas.departement };
  if (share < 0.3) return { level: 'epci', codes: place.areas.epci };
  if (share < 0.33) return { level: 'around', point: place.point, km: 5 + Math.floor(draw() * 40) };
  return { level: 'commune', codes: place.areas.commune };
}

function drawTheme(draw: () => number): string {
  return THEMES[Math.floor(draw() ** 1.7 * THEMES.length)]!.code;
}

function dayFrom(days: number): string {
  return new Date(Date.parse(TODAY) + days * 86_400_000).toISOString().slice(0, 10);
}

function pick<Item>(items: readonly Item[], draw: () => number): Item {
  return items[Math.floor(draw() * items.length)]!;
}
