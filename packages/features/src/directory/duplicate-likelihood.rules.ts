import type { Identity, IdentityPlace, ReadIdentity, ReadStreet } from './duplicate-identity.rules.ts';
import { compareNames, type NameReason } from './duplicate-name-likeness.rules.ts';
import { measureRarity, NETWORK_MAX_SHEETS, stem, type Level, type Rarity } from './duplicate-names.rules.ts';

/** Why two sheets look like the same structure, or not. Each is a sentence on the page where somebody decides. */
export type LikenessReason =
  | 'same-siret'
  | 'same-siren'
  | 'same-rna'
  | NameReason
  | 'same-website'
  | 'same-email'
  | 'same-phone'
  | 'same-address'
  | 'same-street'
  | 'near-place'
  | 'different-siret'
  | 'different-rna'
  | 'different-level'
  | 'different-number'
  | 'people-around';

export interface Likelihood {
  /** Thousandths, 0 to 1000. */
  readonly permille: number;
  readonly reasons: readonly LikenessReason[];
}

/** From here a pair is shown to somebody; below, it is forgotten. */
export const PROPOSED_MIN_PERMILLE = 700;

export function rarityOf(identities: Iterable<ReadIdentity>, placeNames: Iterable<string> = []): Rarity {
  const all = [...identities];
  const rarity = measureRarity(
    all.map(({ name }) => name),
    placeNames
  );
  const bearers = new Map<string, number>();
  for (const identity of all)
    for (const key of networkKeys(identity, rarity)) bearers.set(key, (bearers.get(key) ?? 0) + 1);
  const networks = [...bearers].filter(([, count]) => count > NETWORK_MAX_SHEETS).map(([key]) => key);
  return { ...rarity, networks: new Set(networks) };
}

/** What a sheet shares with the other sites of a network: its name without the place, its legal entity. */
function networkKeys({ identity, name }: ReadIdentity, { placeWords }: Pick<Rarity, 'placeWords'>): string[] {
  const template = name.words.filter((word) => !placeWords.has(stem(word))).join(' ');
  return [
    ...(template === '' ? [] : [`name:${template}`]),
    ...(identity.siret ? [`siren:${identity.siret.slice(0, 9)}`] : [])
  ];
}

/**
 * Sites of one network look alike by design: when both say where they are, only a place, a number or a SIRET in common
 * makes them one sheet. A sheet that says nothing of where may still be any of them.
 */
function areSitesOfOneNetwork(a: ReadIdentity, b: ReadIdentity, rarity: Rarity, reasons: readonly LikenessReason[]) {
  if (!saysWhere(a) || !saysWhere(b) || reasons.some((reason) => MAKES_ONE_SITE.has(reason))) return false;
  const keys = new Set(networkKeys(a, rarity).filter((key) => rarity.networks.has(key)));
  return keys.size > 0 && networkKeys(b, rarity).some((key) => keys.has(key));
}

function saysWhere({ identity, streets }: ReadIdentity): boolean {
  return streets.length > 0 || identity.places.some((place) => place.postcode !== null || place.latitude !== null);
}

const MAKES_ONE_SITE: ReadonlySet<LikenessReason> = new Set([
  'same-siret',
  'same-rna',
  'same-address',
  'same-street',
  'near-place',
  'same-phone'
]);

/** Thousandths kept of the likelihood of two sites of a network. */
const SITES_PERMILLE = 500;

/**
 * How likely `a` and `b` are one structure, and why. A shared official number decides nearly alone; otherwise the
 * name speaks first, weighed by how rare its words are, then the address and the means of contact.
 */
export function compareIdentities(a: ReadIdentity, b: ReadIdentity, rarity: Rarity): Likelihood {
  const reasons: LikenessReason[] = [];
  const name = compareNames(a, b, rarity);
  let permille = name.permille;
  reasons.push(...name.reasons);
  for (const evidence of contactEvidence(a, b)) {
    reasons.push(evidence.reason);
    // Evidence closes a part of what is missing to certainty; doubt takes away a part of what was gained.
    permille +=
      evidence.weight > 0
        ? Math.round(((1000 - permille) * evidence.weight * closeness(name.permille)) / 1_000_000)
        : Math.round((permille * evidence.weight) / 1000);
  }
  const registered = registeredEvidence(a.identity, b.identity);
  if (registered) {
    reasons.unshift(registered.reason);
    permille =
      registered.weight > 0
        ? Math.max(permille, registered.weight + Math.round(((1000 - registered.weight) * name.permille) / 1000))
        : Math.round((permille * (1000 + registered.weight)) / 1000);
  }
  if (areSitesOfOneNetwork(a, b, rarity, reasons)) permille = Math.round((permille * SITES_PERMILLE) / 1000);
  return { permille: Math.max(0, Math.min(1000, permille)), reasons };
}

interface Evidence {
  readonly reason: LikenessReason;
  /** Thousandths; negative for doubt. */
  readonly weight: number;
}

/** Official numbers; the strongest that both sheets carry. */
function registeredEvidence(a: Identity, b: Identity): Evidence | null {
  if (a.siret && b.siret) {
    if (a.siret === b.siret) return { reason: 'same-siret', weight: 900 };
    // Two establishments of one legal entity may be two sheets on purpose.
    if (a.siret.slice(0, 9) === b.siret.slice(0, 9)) return { reason: 'same-siren', weight: 450 };
    return { reason: 'different-siret', weight: -500 };
  }
  if (a.rna && b.rna) {
    return a.rna === b.rna ? { reason: 'same-rna', weight: 900 } : { reason: 'different-rna', weight: -500 };
  }
  return null;
}

function contactEvidence(a: ReadIdentity, b: ReadIdentity): Evidence[] {
  const found: Evidence[] = [];
  if (a.website && a.website === b.website) found.push({ reason: 'same-website', weight: 550 });
  if (a.identity.email && a.identity.email.toLowerCase() === b.identity.email?.toLowerCase())
    found.push({ reason: 'same-email', weight: 600 });
  if (a.identity.phone && a.identity.phone === b.identity.phone) found.push({ reason: 'same-phone', weight: 500 });
  const where = compareWhere(a, b);
  if (where) found.push(where);
  if (disjoint(a.name.levels, b.name.levels)) found.push({ reason: 'different-level', weight: -300 });
  if (disjoint(a.name.numbers, b.name.numbers)) found.push({ reason: 'different-number', weight: -400 });
  if (isAround(a) !== isAround(b)) found.push({ reason: 'people-around', weight: -250 });
  return found;
}

/** "Les Amis de l'Orchestre" are not the orchestra, even at its address. */
const PEOPLE_AROUND = new Set([
  'amis',
  'ami',
  'anciens',
  'anciennes',
  'supporters',
  'parents',
  'locataires',
  'usagers'
]);

function isAround({ name }: ReadIdentity): boolean {
  return name.words.some((word) => PEOPLE_AROUND.has(word));
}

/** Unrelated names at one address are neighbours, not one structure: contact counts by what the names share. */
function closeness(namePermille: number): number {
  return Math.min(1000, 150 + Math.round(namePermille * 1.2));
}

const NEAR_PLACE_MAX_METRES = 60;

function compareWhere(a: ReadIdentity, b: ReadIdentity): Evidence | null {
  const inOneTown = a.streets.flatMap((one) =>
    b.streets.filter((other) => mayBeOneTown(one, other)).map((other) => [one.street, other.street] as const)
  );
  const shared = inOneTown.find(([one, other]) => one === other)?.[0];
  if (shared !== undefined)
    return { reason: /^\d/.test(shared) ? 'same-address' : 'same-street', weight: /^\d/.test(shared) ? 500 : 250 };
  if (inOneTown.some(([one, other]) => streetName(one) === streetName(other) && streetName(one).length > 5))
    return { reason: 'same-street', weight: 250 };
  return nearPlaces(a.identity.places, b.identity.places) ? { reason: 'near-place', weight: 300 } : null;
}

/** Every town has its "1 place de la Mairie": streets are compared under one postcode. */
function mayBeOneTown(one: ReadStreet, other: ReadStreet): boolean {
  return one.postcode === null || other.postcode === null || one.postcode === other.postcode;
}

function nearPlaces(a: readonly IdentityPlace[], b: readonly IdentityPlace[]): boolean {
  return a.some((one) => b.some((other) => metresBetween(one, other) <= NEAR_PLACE_MAX_METRES));
}

/** Flat-earth distance, right to a metre at the scale of a street. */
function metresBetween(a: IdentityPlace, b: IdentityPlace): number {
  if (a.latitude === null || a.longitude === null || b.latitude === null || b.longitude === null) return Infinity;
  const north = (a.latitude - b.latitude) * 111_195;
  const east = (a.longitude - b.longitude) * 111_195 * Math.cos((a.latitude * Math.PI) / 180);
  return Math.hypot(north, east);
}

function streetName(street: string): string {
  return street.replace(/^[\d ]+/, '');
}

function disjoint(a: ReadonlySet<Level | string>, b: ReadonlySet<Level | string>): boolean {
  return a.size > 0 && b.size > 0 && ![...a].some((value) => b.has(value));
}
