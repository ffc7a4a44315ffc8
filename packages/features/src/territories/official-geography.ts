/**
 * The official geography of France: communes, groupings of communes and départements, as of January 2026.
 *
 * Source: Code officiel géographique and legal populations (Insee), groupings (DGCL), postcodes (La Poste),
 * gathered by `@etalab/decoupage-administratif` 6.0.0 under the Licence Ouverte 2.0.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

export const GEOGRAPHY_SOURCE = 'Code officiel géographique (Insee), groupements (DGCL), 2026, Licence Ouverte 2.0';
export const MAX_GEOGRAPHY_QUERY_CHARACTERS = 100;
export const MAX_GEOGRAPHY_MATCHES_COUNT = 50;

export type CommuneKind = 'commune' | 'municipal-arrondissement' | 'delegated-commune' | 'associated-commune';

export interface Commune {
  /** Insee code, five characters: `34172`, `2A004`, `97411`. A delegated commune may share that of its commune. */
  readonly code: string;
  readonly name: string;
  readonly kind: CommuneKind;
  /** For a part of a commune, the code of the commune that it belongs to. */
  readonly partOf: string | null;
  readonly departementCode: string;
  readonly regionCode: string;
  /** Municipal population (people counted once); null where the source gives none. */
  readonly population: number | null;
  readonly postcodes: readonly string[];
  /** Codes that this commune, or communes now merged into it, once had. */
  readonly formerCodes: readonly string[];
}

/** A grouping of communes: EPCI with its own taxes, or établissement public territorial of Greater Paris. */
export interface CommuneGroup {
  /** SIREN, nine digits. */
  readonly code: string;
  readonly name: string;
  readonly kind: 'CC' | 'CA' | 'CU' | 'METRO' | 'MET69' | 'EPT';
  /** Municipal population: the sum of its communes', which the source's own totals lag by a year. */
  readonly population: number;
  readonly communeCodes: readonly string[];
}

export interface Departement {
  /** `34`, `2A`, `974`; overseas collectivities (975, 977…) stand beside départements here. */
  readonly code: string;
  readonly name: string;
  readonly regionCode: string;
  readonly timeZone: string;
}

export interface OfficialGeography {
  /** A commune of today, or a municipal arrondissement of Paris, Lyon or Marseille. */
  commune(code: string): Commune | undefined;
  /** The commune of today behind any code: current, arrondissement, delegated, associated or former. */
  communeBehind(code: string): Commune | undefined;
  /** Arrondissements, delegated and associated communes of a commune, by code. */
  partsOf(communeCode: string): readonly Commune[];
  communesOfPostcode(postcode: string): readonly Commune[];
  /** By code, postcode or name, whatever the accents, hyphens and capitals; best match, then most populated, first. */
  findCommunes(text: string, limit?: number): readonly Commune[];
  group(code: string): CommuneGroup | undefined;
  /** By SIREN or name. */
  findGroups(text: string, limit?: number): readonly CommuneGroup[];
  /** The groupings that a commune belongs to: none for four islands, two in Greater Paris. */
  groupsOfCommune(communeCode: string): readonly CommuneGroup[];
  communesOfGroup(groupCode: string): readonly Commune[];
  departements(): readonly Departement[];
  departement(code: string): Departement | undefined;
  /** By code or name. */
  findDepartements(text: string, limit?: number): readonly Departement[];
  communesOfDepartement(departementCode: string): readonly Commune[];
}

let loaded: OfficialGeography | undefined;

/**
 * The geography, read from disk at the first call only (12 MB of JSON, a fraction of a second): a process that
 * never asks pays nothing.
 */
export function loadOfficialGeography(): OfficialGeography {
  if (!loaded) {
    const communes = readCommunes();
    loaded = indexGeography(communes, readGroups(communes), readDepartements());
  }
  return loaded;
}

/**
 * The time zone (IANA) on the walls of a commune or a département, by its Insee code. Needs no file.
 * Unknown codes get that of mainland France.
 */
export function timeZoneOf(code: string): string {
  return TIME_ZONE_EXCEPTIONS.get(code) ?? OVERSEAS_TIME_ZONES.get(code.slice(0, 3)) ?? 'Europe/Paris';
}

/** Lower case, no accents, single spaces, `st` and `ste` in full: what two spellings of one name share. */
export function normalizePlaceName(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
    .replace(/\bst\b/g, 'saint')
    .replace(/\bste\b/g, 'sainte');
}

const OVERSEAS_TIME_ZONES = new Map([
  ['971', 'America/Guadeloupe'],
  ['972', 'America/Martinique'],
  ['973', 'America/Cayenne'],
  ['974', 'Indian/Reunion'],
  ['975', 'America/Miquelon'],
  ['976', 'Indian/Mayotte'],
  ['977', 'America/St_Barthelemy'],
  ['978', 'America/Marigot'],
  ['984', 'Indian/Kerguelen'],
  ['986', 'Pacific/Wallis'],
  ['987', 'Pacific/Tahiti'],
  ['988', 'Pacific/Noumea'],
  // Clipperton has no zone of its own; the sign of these names is reversed: this is UTC−8.
  ['989', 'Etc/GMT+8']
]);

/** Communes that do not keep the time of their collectivity: the Marquesas, the Gambier islands, Adélie Land. */
const TIME_ZONE_EXCEPTIONS = new Map([
  ...['98718', '98723', '98731', '98746', '98756', '98757'].map((code) => [code, 'Pacific/Marquesas'] as const),
  ['98719', 'Pacific/Gambier'] as const,
  ['98414', 'Antarctica/DumontDUrville'] as const
]);

const COMMUNE_KINDS: Record<RawCommune['type'], CommuneKind> = {
  'commune-actuelle': 'commune',
  'arrondissement-municipal': 'municipal-arrondissement',
  'commune-deleguee': 'delegated-commune',
  'commune-associee': 'associated-commune'
};

interface RawCommune {
  code: string;
  nom: string;
  type: 'commune-actuelle' | 'arrondissement-municipal' | 'commune-deleguee' | 'commune-associee';
  departement: string;
  region: string;
  population?: number;
  codesPostaux?: string[];
  anciensCodes?: string[];
  /** Of a delegated or associated commune: the commune that it belongs to. */
  chefLieu?: string;
  /** Of a municipal arrondissement: the commune that it belongs to. */
  commune?: string;
}

interface RawGroup {
  code: string;
  nom: string;
  type: CommuneGroup['kind'];
  membres: { code: string }[];
}

function readCommunes(): Commune[] {
  return readJson<RawCommune[]>('communes').map((raw) => ({
    code: raw.code,
    name: raw.nom,
    kind: COMMUNE_KINDS[raw.type],
    partOf: raw.type === 'commune-actuelle' ? null : (raw.commune ?? raw.chefLieu ?? null),
    departementCode: raw.departement,
    regionCode: raw.region,
    population: raw.population ?? null,
    postcodes: raw.codesPostaux ?? [],
    formerCodes: raw.anciensCodes ?? []
  }));
}

function readGroups(communes: readonly Commune[]): CommuneGroup[] {
  const populations = new Map(
    communes.filter(({ kind }) => kind === 'commune').map(({ code, population }) => [code, population ?? 0])
  );
  return [...readJson<RawGroup[]>('epci'), ...readJson<RawGroup[]>('ept')].map((raw) => ({
    code: raw.code,
    name: raw.nom,
    kind: raw.type,
    population: raw.membres.reduce((sum, { code }) => sum + (populations.get(code) ?? 0), 0),
    communeCodes: raw.membres.map(({ code }) => code)
  }));
}

function readDepartements(): Departement[] {
  return readJson<{ code: string; nom: string; region: string }[]>('departements')
    .map(({ code, nom, region }) => ({ code, name: nom, regionCode: region, timeZone: timeZoneOf(code) }))
    .toSorted((one, other) => (one.code < other.code ? -1 : 1));
}

/** Read as a file and not imported: types inferred from 37,000 communes would stall the compiler. */
function readJson<Content>(name: string): Content {
  const path = createRequire(import.meta.url).resolve(`@etalab/decoupage-administratif/data/${name}.json`);
  return JSON.parse(readFileSync(path, 'utf8')) as Content;
}

function indexGeography(all: Commune[], groups: CommuneGroup[], departements: Departement[]): OfficialGeography {
  const current = all.filter(({ kind }) => kind === 'commune');
  const parts = all.filter(({ kind }) => kind !== 'commune');
  const communes = keyed(all.filter(({ kind }) => kind === 'commune' || kind === 'municipal-arrondissement'));
  const behind = indexCodesOfTheDay(current, parts);
  const partsByCommune = Map.groupBy(parts, ({ partOf }) => partOf);
  const byPostcode = groupedBy(current, ({ postcodes }) => postcodes);
  const byDepartement = Map.groupBy(current, ({ departementCode }) => departementCode);
  const groupByCode = keyed(groups);
  const groupsByCommune = groupedBy(groups, ({ communeCodes }) => communeCodes);
  const departementByCode = keyed(departements);
  const communeNames = once(() => named([...communes.values()], ({ population }) => population ?? 0));
  const groupNames = once(() => named(groups, ({ population }) => population));
  const departementNames = once(() => named(departements, () => 0));

  return {
    commune: (code) => communes.get(code),
    communeBehind: (code) => behind.get(code),
    partsOf: (communeCode) => partsByCommune.get(communeCode) ?? [],
    communesOfPostcode: (postcode) => byPostcode.get(postcode) ?? [],
    findCommunes(text, limit) {
      const code = text.trim().toUpperCase();
      const exact = [...new Set([behind.get(code), ...(byPostcode.get(code) ?? [])])].filter(
        (found) => found !== undefined
      );
      return exact.length > 0 ? exact.slice(0, bounded(limit)) : findByName(communeNames(), text, limit);
    },
    group: (code) => groupByCode.get(code),
    findGroups: (text, limit) => one(groupByCode.get(text.trim())) ?? findByName(groupNames(), text, limit),
    groupsOfCommune: (communeCode) => groupsByCommune.get(communeCode) ?? [],
    communesOfGroup: (groupCode) =>
      (groupByCode.get(groupCode)?.communeCodes ?? []).flatMap((code) => communes.get(code) ?? []),
    departements: () => departements,
    departement: (code) => departementByCode.get(code),
    findDepartements: (text, limit) =>
      one(departementByCode.get(text.trim().toUpperCase())) ?? findByName(departementNames(), text, limit),
    communesOfDepartement: (departementCode) => byDepartement.get(departementCode) ?? []
  };
}

/** Normalizing 35,000 names takes longer than reading them: only a search by name pays for it. */
function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => (made ??= make());
}

/** Later entries win: a code of today over the same digits used by a part or by a commune of yesterday. */
function indexCodesOfTheDay(current: Commune[], parts: Commune[]): Map<string, Commune> {
  const today = keyed(current);
  const former = current.flatMap((commune) => commune.formerCodes.map((code) => [code, commune] as const));
  const within = parts.flatMap(({ code, partOf }) => {
    const commune = today.get(partOf ?? '');
    return commune ? [[code, commune] as const] : [];
  });
  return new Map([...former, ...within, ...today]);
}

interface Named<Item> {
  item: Item;
  name: string;
  weight: number;
}

function named<Item extends { name: string }>(items: readonly Item[], weigh: (item: Item) => number): Named<Item>[] {
  return items.map((item) => ({ item, name: normalizePlaceName(item.name), weight: weigh(item) }));
}

/** Whole name, then beginning of the name, then beginning of a word of it; the heavier first among equals. */
function findByName<Item>(items: Named<Item>[], text: string, limit: number | undefined): Item[] {
  const wanted = normalizePlaceName(text.slice(0, MAX_GEOGRAPHY_QUERY_CHARACTERS));
  if (wanted === '') return [];
  const ranked: Named<Item>[][] = [[], [], []];
  for (const candidate of items) ranked[rankName(candidate.name, wanted)]?.push(candidate);
  return ranked
    .flatMap((rank) => rank.toSorted((one, other) => other.weight - one.weight))
    .slice(0, bounded(limit))
    .map(({ item }) => item);
}

/** 0 to 2 from the best; 3 when the name does not match. */
function rankName(name: string, wanted: string): number {
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  return name.includes(` ${wanted}`) ? 2 : 3;
}

function bounded(limit = MAX_GEOGRAPHY_MATCHES_COUNT): number {
  return Math.max(0, Math.min(limit, MAX_GEOGRAPHY_MATCHES_COUNT));
}

function one<Item>(item: Item | undefined): Item[] | undefined {
  return item === undefined ? undefined : [item];
}

function keyed<Item extends { code: string }>(items: readonly Item[]): Map<string, Item> {
  return new Map(items.map((item) => [item.code, item]));
}

function groupedBy<Item>(items: readonly Item[], keysOf: (item: Item) => readonly string[]): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const group = groups.get(key);
      if (group) group.push(item);
      else groups.set(key, [item]);
    }
  }
  return groups;
}
