/**
 * The demonstration territory, Valbrune: a town that exists nowhere, described as its people would.
 *
 * The words live in JSON files beside this one, so that they can be read and corrected without
 * touching code. Everything in them is invented: identifiers start with ranges that no register
 * gives (SIREN 999, postcode 96350), telephone numbers come from the ranges that the French
 * regulator keeps for fiction, addresses end in `.example` and `example.org`.
 */
import accounts from './accounts.json' with { type: 'json' };
import figures from './figures.json' with { type: 'json' };
import neighbourhoods from './neighbourhoods.geo.json' with { type: 'json' };
import clubs from './organizations/sport-and-play.json' with { type: 'json' };
import companies from './organizations/companies-and-cooperatives.json' with { type: 'json' };
import culture from './organizations/culture.json' with { type: 'json' };
import employment from './organizations/employment.json' with { type: 'json' };
import environment from './organizations/environment-and-repair.json' with { type: 'json' };
import family from './organizations/youth-and-families.json' with { type: 'json' };
import food from './organizations/food-and-solidarity.json' with { type: 'json' };
import learning from './organizations/learning-and-digital.json' with { type: 'json' };
import neighbourhoodLife from './organizations/neighbourhood-life.json' with { type: 'json' };
import publicServices from './organizations/public-services.json' with { type: 'json' };
import rightsAndHealth from './organizations/rights-and-health.json' with { type: 'json' };
import priorityNeighbourhoods from './priority-neighbourhoods.geo.json' with { type: 'json' };
import river from './river.geo.json' with { type: 'json' };
import skills from './skills.json' with { type: 'json' };
import supports from './supports.json' with { type: 'json' };
import territory from './territory.json' with { type: 'json' };

/** Everything a fresh platform needs to show Valbrune. Each call gives a copy that the caller may change. */
export function demonstration(): Demonstration {
  return structuredClone({
    territory: territory as DemonstrationTerritory,
    neighbourhoods: neighbourhoods as NeighbourhoodCollection,
    priorityNeighbourhoods: priorityNeighbourhoods as PriorityNeighbourhoodCollection,
    river: river as RiverCollection,
    portrait: figures as DemonstrationPortrait,
    organizations: ORGANIZATION_FILES.flat() as DemonstrationOrganization[],
    skills: skills as DemonstrationSkill[],
    supports: supports as DemonstrationSupport[],
    accounts: accounts as DemonstrationAccount[]
  });
}

export type Demonstration = {
  territory: DemonstrationTerritory;
  neighbourhoods: NeighbourhoodCollection;
  priorityNeighbourhoods: PriorityNeighbourhoodCollection;
  river: RiverCollection;
  portrait: DemonstrationPortrait;
  organizations: DemonstrationOrganization[];
  skills: DemonstrationSkill[];
  supports: DemonstrationSupport[];
  accounts: DemonstrationAccount[];
};

export type NeighbourhoodKey = 'les-tilleuls' | 'bel-air' | 'le-port' | 'bourg-sud' | 'centre' | 'les-coteaux';

export type DemonstrationTerritory = {
  slug: string;
  name: string;
  nameNote: string;
  description: string;
  descriptionEn: string;
  plainDescription: string;
  /** Inhabitants: the sum of the six neighbourhoods. */
  population: number;
  /** IANA name. */
  timeZone: string;
  /** Official commune codes: none, since the town is invented. */
  communes: string[];
  postcode: string;
  /** WGS84, decimal degrees. */
  centre: { latitude: number; longitude: number };
  settings: DemonstrationSettings;
  localWords: LocalWord[];
};

export type DemonstrationSettings = {
  /** BCP 47; the first is the default. */
  languages: string[];
  contact: {
    /** Who answers, as roles: never a person's name. */
    role: string;
    roleEn: string;
    placeName: string;
    address: string;
    postcode: string;
    town: string;
    /** OpenStreetMap opening hours. */
    openingHours: string;
    phone: string;
    email: string;
  };
  /** Working days within which every request gets a human answer. */
  answerWithinWorkingDays: number;
};

/** A word that people of Valbrune use, and the data·inclusion themes that it stands for. */
export type LocalWord = { word: string; synonyms: string[]; themes: string[] };

export type Position = [longitude: number, latitude: number];

type Feature<Geometry, Properties> = {
  type: 'Feature';
  id: string;
  properties: Properties;
  geometry: Geometry;
};

export type Polygon = { type: 'Polygon'; coordinates: Position[][] };

export type NeighbourhoodCollection = {
  type: 'FeatureCollection';
  features: Feature<Polygon, { key: NeighbourhoodKey; name: string; priority: boolean }>[];
};

export type PriorityNeighbourhoodCollection = {
  type: 'FeatureCollection';
  /** `vintage` is the year of the outline: 2015 or 2024. */
  features: Feature<Polygon, { code: string; vintage: number; name: string; neighbourhood: NeighbourhoodKey }>[];
};

export type RiverCollection = {
  type: 'FeatureCollection';
  features: Feature<{ type: 'LineString'; coordinates: Position[] }, { name: string; kind: 'river' }>[];
};

export type DemonstrationPortrait = {
  source: string;
  sourceEn: string;
  indicators: Indicator[];
  figures: Figure[];
};

export type Indicator = {
  key: string;
  label: string;
  labelEn: string;
  definition: string;
  definitionEn: string;
  unit: 'people' | 'percent' | 'euros-per-year' | 'organizations' | 'hours' | 'places' | 'minutes';
  /** What the figure is out of; null for plain counts. */
  denominator: string | null;
  denominatorEn: string | null;
};

export type Figure = {
  indicator: string;
  /** A neighbourhood's key, or the territory's slug. */
  area: NeighbourhoodKey | 'valbrune';
  /** In the indicator's unit; null when the figure is missing, which is not zero. */
  value: number | null;
  /** The two counts behind a share, when both may be shown. */
  numerator?: number;
  denominator?: number;
  /** Year that the figure describes. */
  year: number;
  source: string;
  /** ISO date of the source. */
  sourceDate: string;
  missingReason?: 'statistical-secrecy' | 'not-collected' | 'not-comparable' | 'awaiting-publication';
  missingNote?: string;
  missingNoteEn?: string;
};

export type LegalForm =
  | 'association'
  | 'informal-group'
  | 'cooperative'
  | 'company'
  | 'mutual'
  | 'foundation'
  | 'endowment-fund'
  | 'public-body'
  | 'town-service'
  | 'school';

export type DemonstrationOrganization = {
  /** Stable within the demonstration; other files refer to it. */
  key: string;
  name: string;
  nameInOtherScript?: { language: string; name: string };
  acronym?: string;
  legalForm: LegalForm;
  siret?: string;
  rna?: string;
  description: string;
  /** The same in plain words: short sentences, one idea each. */
  plainDescription?: string;
  descriptionEn?: string;
  website?: string;
  email?: string;
  phone?: string;
  themes: string[];
  publics: string[];
  networks: string[];
  neighbourhood: NeighbourhoodKey;
  places: DemonstrationPlace[];
  services: DemonstrationService[];
  posts: DemonstrationPost[];
  confirmation: { promiseMonths: 1 | 3 | 6 | 12 | 16; confirmedDaysAgo: number };
  publication: 'published' | 'held-for-moderation' | 'merged';
  /** The organisation that this sheet was merged into. */
  mergedInto?: string;
  /** Another sheet that visibly tells of the same organisation, and that nobody has merged yet. */
  sameAs?: string;
};

export type DemonstrationPlace = {
  name: string;
  address: string;
  addressComplement?: string;
  postcode: string;
  town: string;
  neighbourhood: NeighbourhoodKey;
  latitude: number;
  longitude: number;
  /** OpenStreetMap syntax. */
  openingHours?: string;
  accessibility?: string;
};

/** Codes of `type`, `themes`, `publics`, `fee` and modes are those of data·inclusion v1. */
export type DemonstrationService = {
  name: string;
  type: string;
  description: string;
  themes: string[];
  publics: string[];
  fee?: 'gratuit' | 'payant';
  feeDetail?: string;
  receptionModes: string[];
  mobilizationModes: string[];
  mobilizableBy: string[];
  accessConditions?: string;
  openingHours?: string;
  weeks?: number;
  hoursPerWeek?: number;
  /** Position in the organisation's `places`; the first when absent. */
  place?: number;
};

export type DemonstrationPost = {
  kind: 'need' | 'offer';
  category:
    | 'room'
    | 'equipment'
    | 'skill'
    | 'volunteering'
    | 'food'
    | 'goods'
    | 'transport'
    | 'placement'
    | 'partnership'
    | 'other';
  state: 'open' | 'in-contact' | 'fulfilled' | 'expired';
  postedDaysAgo: number;
  title: string;
  text: string;
  /** What came of it, told by whoever posted; present when fulfilled. */
  outcome?: string;
  /** The organisation that answered, when it is in the directory. */
  metWith?: string;
};

/** A sheet of the catalogue as it is typed in its form; days are counted from the making of the demonstration. */
export type DemonstrationSupport = {
  key?: 'adopted';
  kind: string;
  title: string;
  neighbourhood?: NeighbourhoodKey;
  place?: string;
  opensInDays?: number;
  closesInDays?: number;
  checkedDaysAgo: number;
  status?: 'draft' | 'withdrawn';
} & Record<string, unknown>;

export type DemonstrationSkill = {
  key: string;
  title: string;
  description: string;
  conditions: string;
  neighbourhood: NeighbourhoodKey;
  /** How the person wishes to be seen: with a first name and a neighbourhood, or not named at all. */
  display: { form: 'first-name'; firstName: string } | { form: 'anonymous' };
  consent: { givenDaysAgo: number; textVersion: string; recordedBy: 'self' | 'assisted' };
  reachedThrough: 'facilitator' | 'organization';
  organization?: string;
  promiseMonths: 1 | 3 | 6 | 12 | 16;
  confirmedDaysAgo: number;
};

export type DemonstrationRole =
  | 'resident'
  | 'project-carrier'
  | 'organization-member'
  | 'organization-manager'
  | 'facilitator'
  | 'expert'
  | 'trainer'
  | 'juror'
  | 'coordinator'
  | 'funder'
  | 'platform-administrator';

export type DemonstrationAccount = {
  key: string;
  email: string;
  firstName: string;
  /** The role as it is said on screen, in French: what the list of accounts prints. */
  title: string;
  language: 'fr' | 'en';
  roles: { role: DemonstrationRole; organization?: string; neighbourhoods?: NeighbourhoodKey[] }[];
};

const ORGANIZATION_FILES = [
  neighbourhoodLife,
  food,
  employment,
  learning,
  rightsAndHealth,
  family,
  culture,
  clubs,
  environment,
  companies,
  publicServices
];
