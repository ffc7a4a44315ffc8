import { readName, type NameParts } from './duplicate-names.rules.ts';

/** What is compared of an organisation. Addresses are those of all its places. */
export interface Identity {
  readonly id: string;
  readonly name: string;
  readonly acronym: string | null;
  readonly siret: string | null;
  readonly rna: string | null;
  readonly website: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly places: readonly IdentityPlace[];
}

export interface IdentityPlace {
  readonly address: string | null;
  readonly postcode: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
}

/** An identity read once, compared many times. */
export interface ReadIdentity {
  readonly identity: Identity;
  readonly name: NameParts;
  readonly acronyms: ReadonlySet<string>;
  readonly streets: readonly ReadStreet[];
  readonly website: string | null;
}

/** A street as {@link plainStreet} writes it, and its postcode when it is known. */
export interface ReadStreet {
  readonly street: string;
  readonly postcode: string | null;
}

export function readIdentity(identity: Identity): ReadIdentity {
  const name = readName(identity.name);
  const acronyms = new Set(identity.acronym ? readName(identity.acronym).words : []);
  const streets = identity.places.flatMap((place) =>
    place.address ? [{ street: plainStreet(place.address), postcode: place.postcode }] : []
  );
  return { identity, name, acronyms, streets, website: plainWebsite(identity.website) };
}

/** `12 bis, av. de l'Europe` → `12 avenue europe`. */
export function plainStreet(address: string): string {
  const { words } = readName(address.replace(/\(.*?\)/g, ' '));
  return words
    .filter((word) => word !== 'bis' && word !== 'ter')
    .map((word) => STREET_WORDS.get(word) ?? word)
    .join(' ');
}

const STREET_WORDS: ReadonlyMap<string, string> = new Map([
  ['av', 'avenue'],
  ['ave', 'avenue'],
  ['bd', 'boulevard'],
  ['bld', 'boulevard'],
  ['blvd', 'boulevard'],
  ['r', 'rue'],
  ['pl', 'place'],
  ['imp', 'impasse'],
  ['all', 'allee'],
  ['allees', 'allee'],
  ['rte', 'route'],
  ['chem', 'chemin'],
  ['ch', 'chemin'],
  ['sq', 'square'],
  ['res', 'residence'],
  ['bat', 'batiment']
]);

/** Host and path; pages of platforms that host many keep their path. */
function plainWebsite(website: string | null): string | null {
  if (!website) return null;
  const url = URL.parse(website);
  if (!url) return null;
  const host = url.hostname.toLowerCase().replace(/^www\./, '');
  return `${host}${url.pathname.replace(/\/+$/, '').toLowerCase()}`;
}
