/**
 * The fields that a column can feed. Those without a prefix belong to the organisation or to its one place;
 * `service.` ones to its one service. `kind` says how the cell is read.
 */
export const FIELDS = {
  name: 'text',
  id: 'text',
  source: 'text',
  sourceId: 'text',
  acronym: 'text',
  legalForm: 'text',
  siret: 'siret',
  rna: 'rna',
  description: 'long-text',
  website: 'url',
  phone: 'phone',
  email: 'email',
  themes: 'themes',
  words: 'words',
  publics: 'publics',
  networks: 'networks',
  sourceUrl: 'url',
  updatedOn: 'date',
  placeLabel: 'text',
  address: 'text',
  addressComplement: 'text',
  postcode: 'postcode',
  city: 'text',
  cityCode: 'city-code',
  neighbourhood: 'text',
  latitude: 'coordinate',
  longitude: 'coordinate',
  latitudeLongitude: 'coordinate-pair',
  openingHours: 'text',
  openingHoursNote: 'text',
  accessibilityUrl: 'url',
  'service.sourceId': 'text',
  'service.name': 'text',
  'service.description': 'long-text',
  'service.kind': 'service-kind',
  'service.themes': 'themes',
  'service.fee': 'fee',
  'service.feeDetails': 'text',
  'service.publics': 'publics',
  'service.publicsDetails': 'text',
  'service.accessConditions': 'text',
  'service.phone': 'phone',
  'service.email': 'email',
  'service.contactName': 'text',
  'service.receptionModes': 'reception-modes',
  'service.mobilizationModes': 'mobilization-modes',
  'service.mobilizationUrl': 'url',
  'service.mobilizationDetails': 'text',
  'service.mobilizableBy': 'mobilizers',
  'service.eligibilityZone': 'words',
  'service.weeklyHours': 'number',
  'service.weeks': 'number',
  'service.openingHours': 'text',
  'service.sourceUrl': 'url',
  'service.updatedOn': 'date'
} as const satisfies Record<string, FieldKind>;

export type Field = keyof typeof FIELDS;

export type FieldKind =
  | 'text'
  | 'long-text'
  | 'siret'
  | 'rna'
  | 'url'
  | 'phone'
  | 'email'
  | 'date'
  | 'number'
  | 'postcode'
  | 'city-code'
  | 'coordinate'
  | 'coordinate-pair'
  | 'words'
  | 'themes'
  | 'publics'
  | 'networks'
  | 'service-kind'
  | 'fee'
  | 'reception-modes'
  | 'mobilization-modes'
  | 'mobilizers';

/**
 * Which columns feed which field, in plain JSON: guessed, corrected by a person, saved, used again.
 * Several columns for one field: addresses, descriptions and words are joined, the first filled one counts elsewhere.
 */
export interface ColumnMapping {
  readonly columns: Readonly<Partial<Record<Field, readonly string[]>>>;
}

export const MAPPING_COLUMNS_MAX_COUNT = 20;

/** A mapping read back from a saved file: unknown fields and columns of other shapes are left out. Null: no mapping at all. */
export function readMapping(value: unknown): ColumnMapping | null {
  const columns = isObject(value) ? value['columns'] : null;
  if (!isObject(columns)) return null;
  const kept = Object.entries(columns).flatMap(([field, names]) => {
    const list = typeof names === 'string' ? [names] : names;
    if (!(field in FIELDS) || !Array.isArray(list)) return [];
    const texts = list.filter((name) => typeof name === 'string').slice(0, MAPPING_COLUMNS_MAX_COUNT);
    return texts.length > 0 ? [[field, texts] as const] : [];
  });
  return { columns: Object.fromEntries(kept) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
