import {
  findInitials,
  measureRarity,
  NETWORK_MAX_SHEETS,
  readName,
  stem,
  wordWeight,
  type Level,
  type NameParts,
  type Rarity
} from './duplicate-names.rules.ts';

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
interface ReadStreet {
  readonly street: string;
  readonly postcode: string | null;
}

/** Why two sheets look like the same structure, or not. Each is a sentence on the page where somebody decides. */
export type LikenessReason =
  | 'same-siret'
  | 'same-siren'
  | 'same-rna'
  | 'same-name'
  | 'near-name'
  | 'name-contained'
  | 'acronym-initials'
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

export function readIdentity(identity: Identity): ReadIdentity {
  const name = readName(identity.name);
  const acronyms = new Set(identity.acronym ? readName(identity.acronym).words : []);
  const streets = identity.places.flatMap((place) =>
    place.address ? [{ street: plainStreet(place.address), postcode: place.postcode }] : []
  );
  return { identity, name, acronyms, streets, website: plainWebsite(identity.website) };
}

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

interface NameLikeness {
  readonly permille: number;
  readonly reasons: LikenessReason[];
}

function compareNames(a: ReadIdentity, b: ReadIdentity, rarity: Rarity): NameLikeness {
  if (a.name.joined === b.name.joined && a.name.joined !== '') {
    return { permille: sameNamePermille(a, rarity), reasons: ['same-name'] };
  }
  const left = alignWords(a, b, rarity);
  const right = alignWords(b, a, rarity);
  const byInitials = left.byInitials || right.byInitials;
  const total = left.total + right.total;
  if (total === 0) return { permille: 0, reasons: [] };
  const overall = Math.round((1000 * (left.shared + right.shared)) / total);
  // When the shorter name is wholly inside the longer one, what counts is how much the shorter one says.
  const shorter = left.total === right.total ? mostShared(left, right) : left.total < right.total ? left : right;
  const inside = shorter.total === 0 ? 0 : Math.round((1000 * shorter.shared) / shorter.total);
  const alone = Math.min(a.name.words.length, b.name.words.length) === 1 ? SINGLE_WORD_PERMILLE : 1000;
  const said = Math.min(alone, Math.round((1000 * shorter.shared) / SAYS_ENOUGH_WEIGHT));
  const contained = Math.round((inside * inside * said) / 1_000_000);
  // Rare words that only the first has, and others that only the second has: two names, not one said differently.
  const apart = Math.round((2000 * Math.min(left.total - left.shared, right.total - right.shared)) / total);
  const alike = Math.round((overall * (1000 - apart)) / 1000);
  const permille = Math.min(960, Math.max(alike, Math.round((alike + contained) / 2)));
  const reasons: LikenessReason[] = [];
  if (permille >= 500) reasons.push(inside >= 950 && overall < 850 ? 'name-contained' : 'near-name');
  if (byInitials) reasons.push('acronym-initials');
  return { permille, reasons };
}

/** A name of this weight (two rare words) identifies its bearer in a directory. */
const SAYS_ENOUGH_WEIGHT = 900;

/** One word inside a longer name ("Aire", "Buenos Aires") is often a coincidence. */
const SINGLE_WORD_PERMILLE = 700;

/** "Comité des fêtes" twice is less telling than "Zadigozinc" twice. */
function sameNamePermille(a: ReadIdentity, rarity: Rarity): number {
  const weight = a.name.words.reduce((sum, word) => sum + wordWeight(word, rarity), 0);
  return weight >= SAYS_ENOUGH_WEIGHT ? 980 : 900;
}

function mostShared(left: Alignment, right: Alignment): Alignment {
  return left.shared >= right.shared ? left : right;
}

interface Alignment {
  /** Weight of the words of the first name that the second one has. */
  shared: number;
  total: number;
  byInitials: boolean;
}

function alignWords(a: ReadIdentity, b: ReadIdentity, rarity: Rarity): Alignment {
  const others = b.name.words;
  const spelled = spelledOut(a, b, rarity);
  const alignment: Alignment = { shared: 0, total: 0, byInitials: spelled.size > 0 };
  for (const [index, word] of a.name.words.entries()) {
    const direct = bestCredit(word, a.name.words[index + 1], a.name.words[index - 1], others);
    const credit = Math.max(direct, spelled.get(word) ?? 0);
    // The acronym repeated beside the full name adds nothing and misses nothing.
    if (credit < 1000 && repeatsInitials(a, word)) continue;
    const weight = wordWeight(word, rarity);
    alignment.total += weight;
    alignment.shared += Math.round((weight * credit) / 1000);
  }
  return alignment;
}

/** A word in more names than this is a word, even where it happens to spell initials ("art"). */
const ACRONYM_MAX_NAMES = 12;
const INITIALS_CREDIT = 850;

/** Words of `a` that `b` says by its acronym or by its initials, and words of `a` whose initials `b` says. */
function spelledOut(a: ReadIdentity, b: ReadIdentity, rarity: Rarity): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const word of a.name.words) {
    if (b.name.words.includes(word) || isCommon(word, rarity)) continue;
    const known = b.acronyms.has(word);
    if (known && word.length >= 2) found.set(word, word.length >= 4 ? 1000 : INITIALS_CREDIT);
    else if (word.length >= 3 && findInitials(word, b.name.spelled)) found.set(word, INITIALS_CREDIT);
  }
  for (const acronym of b.name.words) {
    if (acronym.length < 3 || a.name.words.includes(acronym) || isCommon(acronym, rarity)) continue;
    const run = findInitials(acronym, a.name.spelled);
    if (run) for (const word of a.name.spelled.slice(run.from, run.to)) found.set(word, INITIALS_CREDIT);
    else if (a.acronyms.has(acronym)) for (const word of a.name.words) found.set(word, INITIALS_CREDIT);
  }
  return found;
}

function isCommon(word: string, rarity: Rarity): boolean {
  return (rarity.frequency.get(stem(word)) ?? 0) > ACRONYM_MAX_NAMES;
}

function repeatsInitials(a: ReadIdentity, word: string): boolean {
  if (word.length < 3 || a.name.words.length < 3) return false;
  const rest = a.name.spelled.filter((other) => other !== word);
  return findInitials(word, rest) !== null;
}

/** 1000 for the same word, less for a near one, 0 for none. */
function bestCredit(
  word: string,
  next: string | undefined,
  previous: string | undefined,
  others: readonly string[]
): number {
  const wanted = stem(word);
  let best = 0;
  for (const [index, other] of others.entries()) {
    const found = stem(other);
    if (found === wanted) return 1000;
    const following = others[index + 1];
    // One word here, two there.
    if (following !== undefined && other + following === word) return 1000;
    if ((next !== undefined && word + next === other) || (previous !== undefined && previous + word === other))
      return 1000;
    best = Math.max(best, nearCredit(wanted, found));
  }
  return best;
}

function nearCredit(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  if (shorter < 4 || a[0] !== b[0]) return 0;
  // "montpel" for "montpellier", "mediterr" for "mediterranee".
  if (shorter >= 5 && (a.startsWith(b) || b.startsWith(a))) return Math.abs(a.length - b.length) <= 3 ? 850 : 650;
  const distance = editDistance(a, b, 2);
  if (distance === 1) return shorter >= 6 ? 900 : 650;
  return distance === 2 && shorter >= 8 ? 750 : 0;
}

/** Changes between two words, a swap of neighbours counting once; `limit + 1` as soon as there are more. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const line = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(last[j]! + 1, line[j - 1]! + 1, last[j - 1]! + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1);
      line.push(cost);
    }
    before = last;
    last = line;
  }
  return Math.min(last[b.length]!, limit + 1);
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

/** `12 bis, av. de l'Europe` → `12 avenue europe`. */
export function plainStreet(address: string): string {
  const { words } = readName(address.replace(/\(.*?\)/g, ' '));
  return words
    .filter((word) => word !== 'bis' && word !== 'ter')
    .map((word) => STREET_WORDS.get(word) ?? word)
    .join(' ');
}

function streetName(street: string): string {
  return street.replace(/^[\d ]+/, '');
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

function disjoint(a: ReadonlySet<Level | string>, b: ReadonlySet<Level | string>): boolean {
  return a.size > 0 && b.size > 0 && ![...a].some((value) => b.has(value));
}
