import type {
  FeeCode,
  MobilizationModeCode,
  MobilizerCode,
  NetworkCode,
  PublicCode
} from './data-inclusion/vocabulary.ts';
import type { ReceptionModeCode, ServiceKindCode, ThemeCode } from './data-inclusion/vocabulary.ts';

/**
 * What one row of any directory file says, whatever its format: an organisation, its places, its services, its needs and offers.
 * Every preset maps to it, every writer starts from it. `null` means "the file does not say", never "none".
 */
export interface DirectoryRecord {
  /** Described in full, or only pointed to (a row that carries just a place or a service). */
  readonly organization: OrganizationRecord | OrganizationReference;
  readonly places: readonly PlaceRecord[];
  readonly services: readonly ServiceRecord[];
  /** Needs and offers: only our own files carry them. */
  readonly posts: readonly PostRecord[];
}

export interface OrganizationReference {
  readonly kind: 'reference';
  /** Our own id, when the row comes from one of our exports. */
  readonly id: string | null;
  /** Producer of the file's data (`dora`, `mednum`…) and the organisation's id there. */
  readonly source: string | null;
  readonly sourceId: string | null;
}

export interface OrganizationRecord {
  readonly kind: 'organization';
  readonly id: string | null;
  readonly source: string | null;
  readonly sourceId: string | null;
  readonly name: string;
  readonly acronym: string | null;
  /** In words, as the file gives it ("Association déclarée"), or an INSEE code of four digits. */
  readonly legalForm: string | null;
  /** Fourteen digits whose control key is right. */
  readonly siret: string | null;
  /** `W` and nine digits. */
  readonly rna: string | null;
  readonly description: string | null;
  readonly descriptionEn: string | null;
  /** The same in plain words, for those who read with difficulty. */
  readonly plainDescription: string | null;
  /** Absolute http or https address. */
  readonly website: string | null;
  /** E.164 when the number is French and whole, else as typed. */
  readonly phone: string | null;
  readonly email: string | null;
  readonly themes: readonly ThemeCode[];
  /** The file's own words for what it does ("MUSIQUE"), to be mapped by the territory. */
  readonly words: readonly string[];
  readonly publics: readonly PublicCode[];
  readonly networks: readonly NetworkCode[];
  readonly sourceUrl: string | null;
  /** Last change at the producer, `YYYY-MM-DD`. */
  readonly updatedOn: string | null;
  /** `closed` when an official register says dissolved or ceased. */
  readonly status: 'active' | 'closed' | null;
  /** Every how many months somebody promises to confirm the sheet. */
  readonly promiseMonths: number | null;
}

export interface PlaceRecord {
  /** Our id in an export; otherwise unique within the organisation in its file. Services point to it. */
  readonly key: string;
  readonly label: string | null;
  readonly address: string | null;
  readonly addressComplement: string | null;
  readonly postcode: string | null;
  readonly city: string | null;
  /** INSEE code of the commune (five characters, `2A004` included). */
  readonly cityCode: string | null;
  /** The file's own name or code of the neighbourhood. */
  readonly neighbourhood: string | null;
  /** WGS84 degrees; both or neither. */
  readonly latitude: number | null;
  readonly longitude: number | null;
  /** OSM syntax. */
  readonly openingHours: string | null;
  readonly openingHoursNote: string | null;
  /** In words: a ramp, a lift, a quiet hour. */
  readonly accessibility: string | null;
  readonly accessibilityUrl: string | null;
}

export interface ServiceRecord {
  readonly key: string;
  readonly source: string | null;
  readonly sourceId: string | null;
  readonly name: string;
  readonly description: string | null;
  readonly kind: ServiceKindCode | null;
  readonly themes: readonly ThemeCode[];
  readonly words: readonly string[];
  readonly fee: FeeCode | null;
  readonly feeDetails: string | null;
  readonly publics: readonly PublicCode[];
  readonly publicsDetails: string | null;
  readonly accessConditions: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly contactName: string | null;
  /** The function of whoever answers ("accueil social"), never a name. */
  readonly contactRole: string | null;
  readonly receptionModes: readonly ReceptionModeCode[];
  readonly mobilizationModes: readonly MobilizationModeCode[];
  readonly mobilizationUrl: string | null;
  readonly mobilizationDetails: string | null;
  readonly mobilizableBy: readonly MobilizerCode[];
  /** Codes of communes, départements, EPCI or countries, or `france`. */
  readonly eligibilityZone: readonly string[];
  readonly weeklyHours: number | null;
  readonly weeks: number | null;
  readonly openingHours: string | null;
  readonly sourceUrl: string | null;
  readonly updatedOn: string | null;
  /** Keys of the places where it is offered. */
  readonly placeKeys: readonly string[];
}

/** A need or an offer. Codes are the directory's own: what reads the record checks them. */
export interface PostRecord {
  readonly key: string;
  /** `need` or `offer`. */
  readonly kind: string;
  readonly category: string;
  readonly title: string;
  readonly description: string | null;
  readonly state: string | null;
  /** `YYYY-MM-DD`. */
  readonly expiresOn: string | null;
  /** What came of it. */
  readonly outcome: string | null;
}

/** Something wrong in one row. The sentence on screen comes from `reason`, in the reader's language. */
export interface RowProblem {
  /** Line of the spreadsheet, or position in the list, counted from 1 with the header (what a person sees). */
  readonly row: number;
  /** Header of the column at fault; empty when the whole row is. */
  readonly column: string;
  readonly reason: ProblemReason;
  /** `rejects-row`: nothing of the row is kept. `drops-value`: the row is kept without it. `notice`: kept, and said. */
  readonly severity: 'rejects-row' | 'drops-value' | 'notice';
  /** What was typed, shortened to {@link PROBLEM_VALUE_MAX_CHARACTERS}. */
  readonly value: string;
}

export const PROBLEM_VALUE_MAX_CHARACTERS = 100;

export const PROBLEM_REASONS = [
  'name-missing',
  'name-too-short',
  'name-too-long',
  'text-too-short',
  'text-too-long',
  'required-value-missing',
  'id-duplicated',
  'organization-missing',
  'not-diffusible',
  'row-marked-ignored',
  'siret-wrong-length',
  'siret-wrong-key',
  'siret-rounded',
  'siret-zeros-restored',
  'siret-placeholder',
  'siret-la-poste',
  'rna-malformed',
  'phone-malformed',
  'email-malformed',
  'url-malformed',
  'url-scheme-refused',
  'postcode-malformed',
  'postcode-zero-restored',
  'city-code-malformed',
  'date-malformed',
  'number-malformed',
  'code-unknown',
  'coordinates-malformed',
  'coordinates-incomplete',
  'coordinates-outside-france',
  'coordinates-ambiguous',
  'coordinates-unknown-system',
  'coordinates-swapped',
  'opening-hours-malformed',
  'values-contradict'
] as const;
export type ProblemReason = (typeof PROBLEM_REASONS)[number];

/** One row of a table, once mapped. `record` is null when a problem rejects the row. */
export interface MappedRow {
  readonly row: number;
  readonly record: DirectoryRecord | null;
  readonly problems: readonly RowProblem[];
}

/** What a writer is given: records whose organisations are described and carry our id. */
export interface DirectoryExport {
  /** Name of the territory, shown in titles. */
  readonly title: string;
  /** Identifier of this producer in data·inclusion files (`terreau-montpellier`). */
  readonly source: string;
  /** Date of the export, `YYYY-MM-DD`: stands for a missing date of update where a format demands one. */
  readonly exportedOn: string;
  readonly records: readonly ExportedRecord[];
}

export interface ExportedRecord extends DirectoryRecord {
  readonly organization: OrganizationRecord & { readonly id: string };
}

/** An organisation of which only the name is known: presets fill in the rest. */
export function blankOrganization(name: string): OrganizationRecord {
  return {
    kind: 'organization',
    id: null,
    source: null,
    sourceId: null,
    name,
    acronym: null,
    legalForm: null,
    siret: null,
    rna: null,
    description: null,
    descriptionEn: null,
    plainDescription: null,
    website: null,
    phone: null,
    email: null,
    themes: [],
    words: [],
    publics: [],
    networks: [],
    sourceUrl: null,
    updatedOn: null,
    status: null,
    promiseMonths: null
  };
}

export function blankPlace(key: string): PlaceRecord {
  return {
    key,
    label: null,
    address: null,
    addressComplement: null,
    postcode: null,
    city: null,
    cityCode: null,
    neighbourhood: null,
    latitude: null,
    longitude: null,
    openingHours: null,
    openingHoursNote: null,
    accessibility: null,
    accessibilityUrl: null
  };
}

export function blankService(key: string, name: string): ServiceRecord {
  return {
    key,
    source: null,
    sourceId: null,
    name,
    description: null,
    kind: null,
    themes: [],
    words: [],
    fee: null,
    feeDetails: null,
    publics: [],
    publicsDetails: null,
    accessConditions: null,
    phone: null,
    email: null,
    contactName: null,
    contactRole: null,
    receptionModes: [],
    mobilizationModes: [],
    mobilizationUrl: null,
    mobilizationDetails: null,
    mobilizableBy: [],
    eligibilityZone: [],
    weeklyHours: null,
    weeks: null,
    openingHours: null,
    sourceUrl: null,
    updatedOn: null,
    placeKeys: []
  };
}

export function blankPost(key: string): PostRecord {
  return {
    key,
    kind: '',
    category: '',
    title: '',
    description: null,
    state: null,
    expiresOn: null,
    outcome: null
  };
}
