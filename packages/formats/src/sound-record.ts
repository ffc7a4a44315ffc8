import { isSiret, readCityCode, readDate, readEmail, readPostcode, readRna, readUrl, type Cell } from './cells.ts';
import { FEES, isCodeOf, MOBILIZATION_MODES, MOBILIZERS, NETWORKS, PUBLICS } from './data-inclusion/vocabulary.ts';
import { RECEPTION_MODES, SERVICE_KINDS, THEMES, type VocabularyEntry } from './data-inclusion/vocabulary.ts';
import type {
  DirectoryRecord,
  OrganizationRecord,
  PlaceRecord,
  PostRecord,
  ProblemReason,
  ServiceRecord
} from './directory-record.ts';

export interface DroppedValue {
  readonly property: string;
  readonly reason: ProblemReason;
  readonly value: string;
}

/**
 * A record read from outside, with only what holds: codes that exist, keys that are right, addresses in http(s),
 * positions on Earth. What does not hold is dropped, never corrected: this reads our own exports, edited or forged.
 */
export function soundRecord(record: DirectoryRecord): { record: DirectoryRecord; dropped: DroppedValue[] } {
  const dropped: DroppedValue[] = [];
  const { organization } = record;
  return {
    record: {
      organization: organization.kind === 'reference' ? organization : soundOrganization(organization, dropped),
      places: record.places.map((place) => soundPlace(place, dropped)),
      services: record.services.map((service) => soundService(service, dropped)),
      posts: record.posts.map((post) => soundPost(post, dropped))
    },
    dropped
  };
}

function soundOrganization(record: OrganizationRecord, dropped: DroppedValue[]): OrganizationRecord {
  const drop = dropper(record, dropped);
  return {
    ...record,
    siret: drop.unless('siret', isSiret, 'siret-wrong-key'),
    rna: drop.unless('rna', readsAsIs(readRna), 'rna-malformed'),
    website: drop.unless('website', readsAs(readUrl), 'url-malformed'),
    email: drop.unless('email', readsAs(readEmail), 'email-malformed'),
    themes: drop.codes('themes', record.themes, THEMES),
    publics: drop.codes('publics', record.publics, PUBLICS),
    networks: drop.codes('networks', record.networks, NETWORKS),
    sourceUrl: drop.unless('sourceUrl', readsAs(readUrl), 'url-malformed'),
    updatedOn: drop.unless('updatedOn', readsAsIs(readDate), 'date-malformed'),
    status: record.status === 'active' || record.status === 'closed' ? record.status : null
  };
}

function soundPlace(record: PlaceRecord, dropped: DroppedValue[]): PlaceRecord {
  const drop = dropper(record, dropped);
  const { latitude, longitude } = record;
  const onEarth = latitude !== null && longitude !== null && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  if (!onEarth && (latitude !== null || longitude !== null))
    dropped.push({ property: 'latitude', reason: 'coordinates-malformed', value: `${latitude}, ${longitude}` });
  return {
    ...record,
    postcode: drop.unless('postcode', readsAsIs(readPostcode), 'postcode-malformed'),
    cityCode: drop.unless('cityCode', readsAsIs(readCityCode), 'city-code-malformed'),
    latitude: onEarth ? latitude : null,
    longitude: onEarth ? longitude : null,
    accessibilityUrl: drop.unless('accessibilityUrl', readsAs(readUrl), 'url-malformed')
  };
}

function soundService(record: ServiceRecord, dropped: DroppedValue[]): ServiceRecord {
  const drop = dropper(record, dropped);
  return {
    ...record,
    kind: drop.code('kind', record.kind, SERVICE_KINDS),
    themes: drop.codes('themes', record.themes, THEMES),
    fee: drop.code('fee', record.fee, FEES),
    publics: drop.codes('publics', record.publics, PUBLICS),
    email: drop.unless('email', readsAs(readEmail), 'email-malformed'),
    receptionModes: drop.codes('receptionModes', record.receptionModes, RECEPTION_MODES),
    mobilizationModes: drop.codes('mobilizationModes', record.mobilizationModes, MOBILIZATION_MODES),
    mobilizationUrl: drop.unless('mobilizationUrl', readsAs(readUrl), 'url-malformed'),
    mobilizableBy: drop.codes('mobilizableBy', record.mobilizableBy, MOBILIZERS),
    sourceUrl: drop.unless('sourceUrl', readsAs(readUrl), 'url-malformed'),
    updatedOn: drop.unless('updatedOn', readsAsIs(readDate), 'date-malformed')
  };
}

function soundPost(record: PostRecord, dropped: DroppedValue[]): PostRecord {
  const drop = dropper(record, dropped);
  return { ...record, expiresOn: drop.unless('expiresOn', readsAsIs(readDate), 'date-malformed') };
}

function readsAsIs(read: (raw: string) => Cell<string>): (text: string) => boolean {
  return (text) => read(text).value === text;
}

function readsAs(read: (raw: string) => Cell<string>): (text: string) => boolean {
  return (text) => read(text).value !== null;
}

function dropper(record: object, dropped: DroppedValue[]) {
  const values = record as Record<string, unknown>;
  return {
    unless(property: string, holds: (text: string) => boolean, reason: ProblemReason): string | null {
      const value = values[property];
      if (typeof value !== 'string') return null;
      if (holds(value)) return value;
      dropped.push({ property, reason, value });
      return null;
    },
    code<Entry extends VocabularyEntry>(property: string, code: string | null, list: readonly Entry[]) {
      return code === null ? null : (this.codes(property, [code], list)[0] ?? null);
    },
    codes<Entry extends VocabularyEntry>(property: string, codes: readonly string[], list: readonly Entry[]) {
      return codes.filter((code): code is Entry['code'] => {
        const known = isCodeOf(list, code);
        if (!known) dropped.push({ property, reason: 'code-unknown', value: code });
        return known;
      });
    }
  };
}
