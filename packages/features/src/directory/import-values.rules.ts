import type { OrganizationRecord, PlaceRecord, PostRecord, ServiceRecord } from '@terreau/formats/directory-record';
import { readName } from './duplicate-names.rules.ts';
import { PROMISE_MONTHS } from './freshness.rules.ts';
import { legalFormOf } from './legal-form.rules.ts';
import { POST_CATEGORIES, POST_STATES } from './post-lifecycle.rules.ts';

/**
 * Values by column of the database. `undefined`: the file does not say, so that nothing changes.
 * Texts are cut to what the database holds; `dropped` names the fields that could not be cut nor kept.
 */
export interface ColumnValues {
  readonly values: Record<string, unknown>;
  readonly dropped: readonly { readonly field: string; readonly reason: DropReason }[];
}

type DropReason = 'email-personal' | 'value-too-long' | 'code-unknown' | 'required-value-missing';

/** Columns of `organization` that `record` states. `trusted`: our own export, whose addresses were already public. */
export function organizationValues(record: OrganizationRecord, trusted: boolean): ColumnValues {
  const read = new ValueReader();
  const email = read.kept('email', record.email, 254);
  if (email && !trusted && !isOrganizationalEmail(email, record)) read.drop('email', 'email-personal');
  return read.finish({
    name: cut(record.name, 200),
    acronym: cut(record.acronym, 40),
    legal_form: record.legalForm === null ? undefined : legalFormOf(record.legalForm),
    siret: record.siret ?? undefined,
    rna: record.rna && /^W\d{9}$/.test(record.rna) ? record.rna : undefined,
    description: cut(record.description, 10_000),
    description_en: cut(record.descriptionEn, 10_000),
    plain_description: cut(record.plainDescription, 2000),
    website: read.kept('website', record.website, 500),
    email,
    phone: read.kept('phone', record.phone, 30),
    themes: list(record.themes),
    local_themes: list(record.words.map((word) => word.slice(0, 120))),
    publics: list(record.publics),
    networks: list(record.networks),
    source_url: read.kept('source_url', record.sourceUrl, 500),
    source_updated_on: record.updatedOn ?? undefined,
    promise_months: PROMISE_MONTHS.find((months) => months === record.promiseMonths)
  });
}

/** Columns of `place`, its neighbourhood aside. */
export function placeValues(record: PlaceRecord): ColumnValues {
  const read = new ValueReader();
  return read.finish({
    label: cut(record.label, 200),
    address: cut(record.address, 300),
    address_complement: cut(record.addressComplement, 300),
    postcode: record.postcode && /^\d{5}$/.test(record.postcode) ? record.postcode : undefined,
    city: cut(record.city, 120),
    city_code: record.cityCode && /^\d[0-9AB]\d{3}$/.test(record.cityCode) ? record.cityCode : undefined,
    latitude: record.latitude ?? undefined,
    longitude: record.longitude ?? undefined,
    opening_hours: read.kept('opening_hours', record.openingHours, 1000),
    accessibility: cut(record.accessibility, 1000),
    accessibility_url: read.kept('accessibility_url', record.accessibilityUrl, 500)
  });
}

/** Columns of `service`, its source and organisation aside. Names of contact persons are never kept. */
export function serviceValues(record: ServiceRecord, owner: OrganizationRecord | null, trusted: boolean): ColumnValues {
  const read = new ValueReader();
  const email = read.kept('email', record.email, 254);
  if (
    email &&
    !trusted &&
    !isOrganizationalEmail(email, {
      name: owner?.name ?? record.name,
      acronym: owner?.acronym ?? null,
      website: owner?.website ?? null
    })
  )
    read.drop('email', 'email-personal');
  return read.finish({
    name: cut(record.name, 200),
    description: cut(record.description, 10_000),
    kind: record.kind ?? undefined,
    themes: list(record.themes),
    publics: list(record.publics),
    publics_details: cut(record.publicsDetails, 2000),
    conditions: cut(record.accessConditions, 2000),
    fees: record.fee ?? undefined,
    fees_details: cut(record.feeDetails, 2000),
    reception_modes: list(record.receptionModes),
    mobilization_modes: list(record.mobilizationModes),
    mobilization_details: cut(record.mobilizationDetails, 2000),
    mobilization_url: read.kept('mobilization_url', record.mobilizationUrl, 500),
    mobilized_by: list(record.mobilizableBy),
    eligibility_zones: list(record.eligibilityZone, 200),
    contact_role: cut(record.contactRole, 120),
    phone: read.kept('phone', record.phone, 30),
    email,
    opening_hours: read.kept('opening_hours', record.openingHours, 1000),
    hours_per_week: bounded(record.weeklyHours, 168),
    weeks_count: record.weeks === null ? undefined : bounded(Math.round(record.weeks), 10_000),
    source_url: read.kept('source_url', record.sourceUrl, 500),
    source_updated_on: record.updatedOn ?? undefined
  });
}

/** Columns of `post`, its kind included; `values` is empty when it cannot be kept, and `dropped` says why. */
export function postValues(record: PostRecord): ColumnValues {
  const read = new ValueReader();
  const isKnown = (POST_CATEGORIES as readonly string[]).includes(record.category);
  const title = cut(record.title, 160) ?? '';
  if (!isKnown || (record.kind !== 'need' && record.kind !== 'offer')) read.drop('post.category', 'code-unknown');
  else if (title.length < 3) read.drop('post.title', 'required-value-missing');
  else if (record.expiresOn === null) read.drop('post.expires_on', 'required-value-missing');
  else
    return read.finish({
      kind: record.kind,
      category: record.category,
      title,
      description: cut(record.description, 3000),
      state: POST_STATES.find((state) => state === record.state),
      expires_on: record.expiresOn,
      outcome: cut(record.outcome, 1000)
    });
  return read.finish({});
}

/**
 * Whether an address is the organisation's and not somebody's: its local part is a function (contact, accueil…) or
 * speaks of the organisation, or its domain is the organisation's and nothing looks like a first name and a name.
 */
export function isOrganizationalEmail(
  email: string,
  owner: { readonly name: string; readonly acronym: string | null; readonly website: string | null }
): boolean {
  const [local = '', domain = ''] = email.toLowerCase().split('@');
  const parts = local.split(/[._\-+\d]+/).filter((part) => part !== '');
  if (parts.some((part) => FUNCTIONS.test(part))) return true;
  const own = [...readName(owner.name).words, ...(owner.acronym ? readName(owner.acronym).words : [])].filter(
    (word) => word.length >= 3
  );
  const joined = parts.join('');
  if (own.some((word) => joined.includes(word))) return true;
  if (PERSONAL_DOMAINS.test(domain)) return false;
  // "prenom.nom@" or "p.nom@" in the organisation's own domain is still somebody's.
  return parts.length === 1 && (own.some((word) => domain.includes(word)) || ownsDomain(owner.website, domain));
}

function ownsDomain(website: string | null, domain: string): boolean {
  const host = website ? URL.parse(website)?.hostname.replace(/^www\./, '') : undefined;
  return host !== undefined && (host === domain || host.endsWith(`.${domain}`));
}

const FUNCTIONS =
  /^(?:contact|contacts|accueil|info|infos|information|bonjour|hello|secretariat|secretaire|direction|administration|admin|asso|assoc|associations?|bureau|mairie|ccas|mediatheque|bibliotheque|ludotheque|cyberbase|epn|numerique|conseiller|mediation|msap|franceservices?|france|fs|agence|antenne|centre|maison|espace|service|services|communication|com|formation|emploi|mission|locale|plie|social|socioculturel|csc|mjc|coordination|equipe|federation|comite|club|presidence|tresorier|adherents?|benevol\w*|reservations?|inscriptions?|standard|courrier|mail|office|tourisme|departement|ville|commune|cdc|communaute|prefecture|region)$/;

const PERSONAL_DOMAINS =
  /^(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|aol|protonmail|proton|gmx|mailo|laposte|orange|wanadoo|free|sfr|neuf|bbox|numericable|club-internet|aliceadsl|cegetel|9online|noos)\./;

class ValueReader {
  readonly #dropped: { field: string; reason: DropReason }[] = [];

  /** A value that means nothing once cut (an address, a number): kept whole or dropped. */
  kept(field: string, text: string | null, maxCharacters: number): string | undefined {
    if (text === null || text === '') return undefined;
    if (text.length <= maxCharacters) return text;
    this.drop(field, 'value-too-long');
    return undefined;
  }

  drop(field: string, reason: DropReason): void {
    this.#dropped.push({ field, reason });
  }

  finish(values: Record<string, unknown>): ColumnValues {
    const refused = new Set(this.#dropped.map(({ field }) => field));
    const stated = Object.entries(values).filter(([field, value]) => value !== undefined && !refused.has(field));
    return { values: Object.fromEntries(stated), dropped: this.#dropped };
  }
}

function cut(text: string | null, maxCharacters: number): string | undefined {
  const short = text?.slice(0, maxCharacters).trim();
  return short === '' ? undefined : short;
}

function list(values: readonly string[], maxCount = 30): string[] | undefined {
  const distinct = [...new Set(values)].slice(0, maxCount);
  return distinct.length > 0 ? distinct : undefined;
}

function bounded(value: number | null, max: number): number | undefined {
  return value === null || value < 0 || value > max ? undefined : value;
}
