import { readNumber } from './cells.ts';
import type {
  DirectoryExport,
  DirectoryRecord,
  OrganizationRecord,
  PlaceRecord,
  PostRecord,
  ServiceRecord
} from './directory-record.ts';
import { blankOrganization, blankPlace, blankPost, blankService } from './directory-record.ts';

/**
 * Our own table, the same in CSV and XLSX: one line an organisation, then one for each of its places,
 * services, needs and offers.
 * Column names are those of data·inclusion where it has one. Reading it back gives the same records.
 */
export const TABULAR_COLUMNS = [
  'ligne',
  'organisation_id',
  'id',
  'source',
  'source_id',
  'nom',
  'sigle',
  'forme_juridique',
  'siret',
  'rna',
  'description',
  'description_en',
  'description_claire',
  'site_web',
  'telephone',
  'courriel',
  'thematiques',
  'mots',
  'publics',
  'reseaux_porteurs',
  'lien_source',
  'date_maj',
  'etat',
  'confirmation_mois',
  'adresse',
  'complement_adresse',
  'code_postal',
  'commune',
  'code_insee',
  'quartier',
  'latitude',
  'longitude',
  'horaires_accueil',
  'horaires_precisions',
  'accessibilite_lieu',
  'accessibilite_precisions',
  'type',
  'frais',
  'frais_precisions',
  'publics_precisions',
  'conditions_acces',
  'contact_nom_prenom',
  'contact_fonction',
  'modes_accueil',
  'modes_mobilisation',
  'lien_mobilisation',
  'mobilisation_precisions',
  'mobilisable_par',
  'zone_eligibilite',
  'volume_horaire_hebdomadaire',
  'nombre_semaines',
  'lieux',
  'categorie',
  'date_fin',
  'resultat'
] as const;

export type TabularColumn = (typeof TABULAR_COLUMNS)[number];

export const ORGANIZATION_LINE = 'organisation';
export const PLACE_LINE = 'lieu';
export const SERVICE_LINE = 'service';
export const POST_LINE = 'annonce';

/** Lines of text, in the order of {@link TABULAR_COLUMNS}, header not included. */
export function tabularLines(data: Pick<DirectoryExport, 'records'>): string[][] {
  return data.records.flatMap(({ organization, places, services, posts }) => [
    lineOf(ORGANIZATION_LINE, organization.id, ORGANIZATION_COLUMNS, { ...organization }),
    ...places.map((place) => lineOf(PLACE_LINE, organization.id, PLACE_COLUMNS, { ...place })),
    ...services.map((service) => lineOf(SERVICE_LINE, organization.id, SERVICE_COLUMNS, { ...service })),
    ...posts.map((post) => lineOf(POST_LINE, organization.id, POST_COLUMNS, { ...post }))
  ]);
}

/** The record of one line; null when the line names no kind that we write. `cell` gives a column's text. */
export function recordOfLine(cell: (column: string) => string): DirectoryRecord | null {
  const kind = cell('ligne');
  const id = cell('organisation_id');
  const reference = { kind: 'reference' as const, id, source: null, sourceId: null };
  if (kind === ORGANIZATION_LINE && cell('nom') !== '') {
    const organization = filled<OrganizationRecord>(blankOrganization(''), ORGANIZATION_COLUMNS, cell);
    return { organization: { ...organization, id }, places: [], services: [], posts: [] };
  }
  if (kind === PLACE_LINE) {
    return {
      organization: reference,
      places: [filled<PlaceRecord>(blankPlace(''), PLACE_COLUMNS, cell)],
      services: [],
      posts: []
    };
  }
  if (kind === SERVICE_LINE && cell('nom') !== '') {
    const service = filled<ServiceRecord>(blankService('', ''), SERVICE_COLUMNS, cell);
    return { organization: reference, places: [], services: [service], posts: [] };
  }
  if (kind === POST_LINE && cell('nom') !== '') {
    const post = filled<PostRecord>(blankPost(''), POST_COLUMNS, cell);
    return { organization: reference, places: [], services: [], posts: [post] };
  }
  return null;
}

/** Puts lines that share an organisation back together, in the order of the file. Lines without their organisation come last, apart. */
export function gatherRecords(records: readonly DirectoryRecord[]): DirectoryRecord[] {
  const byId = new Map<string, DirectoryRecord>();
  const apart: DirectoryRecord[] = [];
  for (const record of records) {
    const { organization } = record;
    if (organization.kind === 'organization' && organization.id !== null && !byId.has(organization.id))
      byId.set(organization.id, record);
    else if (organization.kind === 'organization') apart.push(record);
  }
  for (const record of records) {
    if (record.organization.kind !== 'reference') continue;
    const id = record.organization.id ?? '';
    const whole = byId.get(id);
    if (!whole) apart.push(record);
    else
      byId.set(id, {
        organization: whole.organization,
        places: [...whole.places, ...record.places],
        services: [...whole.services, ...record.services],
        posts: [...whole.posts, ...record.posts]
      });
  }
  return [...byId.values(), ...apart];
}

type Columns<Shape> = Readonly<Partial<Record<TabularColumn, keyof Shape & string>>>;

const ORGANIZATION_COLUMNS: Columns<OrganizationRecord> = {
  id: 'id',
  source: 'source',
  source_id: 'sourceId',
  nom: 'name',
  sigle: 'acronym',
  forme_juridique: 'legalForm',
  siret: 'siret',
  rna: 'rna',
  description: 'description',
  description_en: 'descriptionEn',
  description_claire: 'plainDescription',
  site_web: 'website',
  telephone: 'phone',
  courriel: 'email',
  thematiques: 'themes',
  mots: 'words',
  publics: 'publics',
  reseaux_porteurs: 'networks',
  lien_source: 'sourceUrl',
  date_maj: 'updatedOn',
  etat: 'status',
  confirmation_mois: 'promiseMonths'
};

const PLACE_COLUMNS: Columns<PlaceRecord> = {
  id: 'key',
  nom: 'label',
  adresse: 'address',
  complement_adresse: 'addressComplement',
  code_postal: 'postcode',
  commune: 'city',
  code_insee: 'cityCode',
  quartier: 'neighbourhood',
  latitude: 'latitude',
  longitude: 'longitude',
  horaires_accueil: 'openingHours',
  horaires_precisions: 'openingHoursNote',
  accessibilite_lieu: 'accessibilityUrl',
  accessibilite_precisions: 'accessibility'
};

const SERVICE_COLUMNS: Columns<ServiceRecord> = {
  id: 'key',
  source: 'source',
  source_id: 'sourceId',
  nom: 'name',
  description: 'description',
  type: 'kind',
  thematiques: 'themes',
  mots: 'words',
  frais: 'fee',
  frais_precisions: 'feeDetails',
  publics: 'publics',
  publics_precisions: 'publicsDetails',
  conditions_acces: 'accessConditions',
  telephone: 'phone',
  courriel: 'email',
  contact_nom_prenom: 'contactName',
  contact_fonction: 'contactRole',
  modes_accueil: 'receptionModes',
  modes_mobilisation: 'mobilizationModes',
  lien_mobilisation: 'mobilizationUrl',
  mobilisation_precisions: 'mobilizationDetails',
  mobilisable_par: 'mobilizableBy',
  zone_eligibilite: 'eligibilityZone',
  volume_horaire_hebdomadaire: 'weeklyHours',
  nombre_semaines: 'weeks',
  horaires_accueil: 'openingHours',
  lien_source: 'sourceUrl',
  date_maj: 'updatedOn',
  lieux: 'placeKeys'
};

const POST_COLUMNS: Columns<PostRecord> = {
  id: 'key',
  type: 'kind',
  categorie: 'category',
  nom: 'title',
  description: 'description',
  etat: 'state',
  date_fin: 'expiresOn',
  resultat: 'outcome'
};

function lineOf(
  kind: string,
  organizationId: string,
  columns: Readonly<Partial<Record<string, string>>>,
  shape: Record<string, unknown>
): string[] {
  return TABULAR_COLUMNS.map((column) => {
    if (column === 'ligne') return kind;
    if (column === 'organisation_id') return organizationId;
    const property = columns[column];
    return property === undefined ? '' : written(shape[property]);
  });
}

/** Lists are joined with `;`; a `;` or a `\` inside a value is preceded by `\`. Line ends are single. */
function written(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map((item) => String(item).replace(/[\\;]/g, '\\$&')).join(';');
  return String(value as string | number).replace(/\r\n?/g, '\n');
}

/** `blank` holds what an empty cell means, and tells by the shape of each property how its cell is read: a list, a number or text. */
function filled<Shape extends object>(blank: Shape, columns: Columns<Shape>, cell: (column: string) => string): Shape {
  const shape = { ...blank } as Record<string, unknown>;
  for (const [column, property] of Object.entries(columns) as [TabularColumn, string][]) {
    const text = cell(column);
    if (Array.isArray(shape[property])) shape[property] = readList(text);
    else if (NUMBER_PROPERTIES.has(property)) shape[property] = readNumber(text).value;
    else shape[property] = text === '' ? shape[property] : text;
  }
  return shape as Shape;
}

/** Properties that are numbers: nothing in a blank record tells them from texts. */
export const NUMBER_PROPERTIES: ReadonlySet<string> = new Set([
  'latitude',
  'longitude',
  'weeklyHours',
  'weeks',
  'promiseMonths'
]);

function readList(text: string): string[] {
  if (text === '') return [];
  const items = text.match(/(?:\\[\s\S]|[^\\;])+/g) ?? [];
  return items.map((item) => item.replace(/\\([\s\S])/g, '$1'));
}
