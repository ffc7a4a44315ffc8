import { loadOfficialGeography, GEOGRAPHY_SOURCE, timeZoneOf, type Commune } from './official-geography.ts';

/** A piece of the official geography that a territory can be made of. */
export interface OfficialArea {
  readonly kind: 'commune' | 'epci' | 'departement';
  readonly code: string;
  readonly name: string;
  /** Number of communes: 1 for a commune. */
  readonly communes: number;
  /** Null where the source lacks one of them: not zero. */
  readonly population: number | null;
  readonly departementCode: string | null;
  /** IANA name. */
  readonly timeZone: string;
}

export const AREAS_FOUND_MAX_COUNT = 20;
export const OFFICIAL_SOURCE = GEOGRAPHY_SOURCE;

/** Communes, groupings and départements by name, postcode or code, best match first; everybody's knowledge. */
export function searchGeography(text: string): OfficialArea[] {
  const geography = loadOfficialGeography();
  return [
    ...geography.findDepartements(text, 3).map(({ code }) => officialArea('departement', code)!),
    ...geography.findGroups(text, 6).map(({ code }) => officialArea('epci', code)!),
    ...geography
      .findCommunes(text, AREAS_FOUND_MAX_COUNT)
      .filter(({ kind }) => kind === 'commune')
      .map(({ code }) => officialArea('commune', code)!)
  ].slice(0, AREAS_FOUND_MAX_COUNT);
}

/** One area by its code, or null when no such area exists. */
export function officialArea(kind: OfficialArea['kind'], code: string): OfficialArea | null {
  const geography = loadOfficialGeography();
  const named = { commune: geography.commune, epci: geography.group, departement: geography.departement }[kind](code);
  if (!named) return null;
  const communes = communesOf(kind, code);
  return {
    kind,
    code,
    name: named.name,
    communes: communes.length,
    population: communes.some(({ population }) => population === null)
      ? null
      : communes.reduce((sum, { population }) => sum + population!, 0),
    departementCode: kind === 'departement' ? code : (communes[0]?.departementCode ?? null),
    timeZone: timeZoneOf(communes[0]?.code ?? code)
  };
}

/** The codes of the communes that areas of a territory are made of. */
export function communeCodes(areas: readonly { readonly kind: string; readonly code: string }[]): Set<string> {
  return new Set(
    areas.flatMap(({ kind, code }) => (isKind(kind) ? communesOf(kind, code).map((commune) => commune.code) : []))
  );
}

function isKind(kind: string): kind is OfficialArea['kind'] {
  return kind === 'commune' || kind === 'epci' || kind === 'departement';
}

function communesOf(kind: OfficialArea['kind'], code: string): readonly Commune[] {
  const geography = loadOfficialGeography();
  if (kind === 'epci') return geography.communesOfGroup(code);
  if (kind === 'departement') return geography.communesOfDepartement(code);
  const commune = geography.commune(code);
  return commune ? [commune] : [];
}
