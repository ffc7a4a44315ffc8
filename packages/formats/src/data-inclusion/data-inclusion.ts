import { readEmail, readUrl } from '../cells.ts';
import type { DirectoryExport, ExportedRecord, PlaceRecord, ServiceRecord } from '../directory-record.ts';
import { serviceSchema, structureSchema, type Constraint } from './schema.ts';

/** A structure or a service as data·inclusion v1 writes it: its own field names, lists as lists, absent fields left out. */
export type DataInclusionRow = Readonly<Record<string, unknown>>;

export interface DataInclusionExport {
  readonly structures: readonly DataInclusionRow[];
  readonly services: readonly DataInclusionRow[];
  /** What the schema does not accept and was left out, entry by entry: an export says what it could not say. */
  readonly left: readonly LeftOut[];
}

export interface LeftOut {
  readonly kind: 'structure' | 'service';
  readonly id: string;
  /** Field left out, or `*` when the whole entry was because a required field is missing or refused. */
  readonly field: string;
  readonly reason: SchemaReason;
}

export type SchemaReason =
  'required' | 'type' | 'too-short' | 'too-long' | 'pattern' | 'code-unknown' | 'too-few' | 'repeated' | 'too-small';

export interface SchemaProblem {
  readonly field: string;
  readonly reason: SchemaReason;
}

/** Every breach of the published JSON Schema of structures; empty when valid. */
export function validateStructure(row: DataInclusionRow): SchemaProblem[] {
  return validate(structureSchema, row);
}

/** Every breach of the published JSON Schema of services; empty when valid. */
export function validateService(row: DataInclusionRow): SchemaProblem[] {
  return validate(serviceSchema, row);
}

/**
 * The directory as data·inclusion v1. What is written is valid: an optional value that breaks the schema is left out,
 * an entry whose required value does is left out whole, and both are listed in `left`. A structure has one address
 * there: the first place; a service takes the first place where it is offered.
 */
export function directoryDataInclusion(data: DirectoryExport): DataInclusionExport {
  const left: LeftOut[] = [];
  const structures: DataInclusionRow[] = [];
  const services: DataInclusionRow[] = [];
  for (const record of data.records) {
    const structure = kept('structure', structureOf(record, data), structureSchema, left);
    if (structure === null) {
      const reason = 'required' as const;
      for (const service of record.services)
        left.push({ kind: 'service', id: serviceId(record, service, data), field: '*', reason });
      continue;
    }
    structures.push(structure);
    for (const service of record.services) {
      const row = kept('service', serviceOf(record, service, data), serviceSchema, left);
      if (row !== null) services.push(row);
    }
  }
  return { structures, services, left };
}

function validate(schema: Readonly<Record<string, Constraint>>, row: DataInclusionRow): SchemaProblem[] {
  return Object.entries(schema).flatMap(([field, constraint]) => {
    const value = row[field];
    // An explicit null is the same as nothing, except where something is required.
    if (value === undefined || value === null)
      return constraint.required ? [{ field, reason: 'required' as const }] : [];
    const reason = breach(constraint, value);
    return reason === null ? [] : [{ field, reason }];
  });
}

function breach(constraint: Constraint, value: unknown): SchemaReason | null {
  switch (constraint.kind) {
    case 'number':
      return breachOfNumber(constraint, value);
    case 'code':
      return typeof value === 'string' && constraint.codes.has(value) ? null : 'code-unknown';
    case 'codes':
      return breachOfCodes(constraint, value);
    case 'zones':
      return breachOfZones(value);
    case 'text':
      return breachOfText(constraint, value);
  }
}

function breachOfText(constraint: Constraint & { kind: 'text' }, value: unknown): SchemaReason | null {
  if (typeof value !== 'string') return 'type';
  // JSON Schema counts characters, not UTF-16 halves.
  const length = [...value].length;
  if (length < (constraint.min ?? 0)) return 'too-short';
  if (length > (constraint.max ?? Infinity)) return 'too-long';
  if (constraint.pattern && !constraint.pattern.test(value)) return 'pattern';
  if (constraint.format === 'email' && readEmail(value).value === null) return 'pattern';
  if (constraint.format === 'uri' && (!/^https?:/i.test(value) || readUrl(value).value === null)) return 'pattern';
  if (constraint.format === 'date' && !isDate(value)) return 'pattern';
  return null;
}

function breachOfNumber(constraint: Constraint & { kind: 'number' }, value: unknown): SchemaReason | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'type';
  if (constraint.integer && !Number.isInteger(value)) return 'type';
  return value < (constraint.min ?? -Infinity) ? 'too-small' : null;
}

function breachOfCodes(constraint: Constraint & { kind: 'codes' }, value: unknown): SchemaReason | null {
  if (!Array.isArray(value)) return 'type';
  if (value.some((code) => typeof code !== 'string' || !constraint.codes.has(code))) return 'code-unknown';
  if (new Set(value).size < value.length) return 'repeated';
  return value.length < (constraint.min ?? 0) ? 'too-few' : null;
}

/** Communes, départements, EPCI, countries, or `france`. */
const ZONE = /^(?:\w{5}|\w{2,3}|\d{9}|france)$/;

function breachOfZones(value: unknown): SchemaReason | null {
  if (!Array.isArray(value)) return 'type';
  if (value.length === 0) return 'too-few';
  return value.every((zone) => typeof zone === 'string' && ZONE.test(zone)) ? null : 'pattern';
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}

/** The row without what breaks the schema, or null when a required field does. */
function kept(
  kind: LeftOut['kind'],
  row: DataInclusionRow & { readonly id: string },
  schema: Readonly<Record<string, Constraint>>,
  left: LeftOut[]
): DataInclusionRow | null {
  const problems = validate(schema, row);
  const fatal = problems.find(({ field }) => schema[field]?.required);
  if (fatal) {
    left.push({ kind, id: row.id, field: '*', reason: fatal.reason });
    return null;
  }
  for (const { field, reason } of problems) left.push({ kind, id: row.id, field, reason });
  const refused = new Set(problems.map(({ field }) => field));
  return Object.fromEntries(Object.entries(row).filter(([field, value]) => value !== null && !refused.has(field)));
}

function structureOf({ organization, places }: ExportedRecord, data: DirectoryExport) {
  const place = places[0];
  return {
    source: data.source,
    id: `${data.source}--${organization.id}`,
    nom: schemaName(organization.name),
    siret: organization.siret,
    description: organization.description,
    ...addressOf(place),
    telephone: organization.phone,
    courriel: organization.email,
    site_web: organization.website,
    lien_source: organization.sourceUrl,
    horaires_accueil: place?.openingHours ?? null,
    accessibilite_lieu: place?.accessibilityUrl ?? null,
    reseaux_porteurs: someOf(organization.networks),
    date_maj: organization.updatedOn ?? data.exportedOn
  };
}

function serviceOf(record: ExportedRecord, service: ServiceRecord, data: DirectoryExport) {
  const place = record.places.find(({ key }) => service.placeKeys.includes(key));
  return {
    source: data.source,
    structure_id: `${data.source}--${record.organization.id}`,
    id: serviceId(record, service, data),
    nom: schemaName(service.name),
    description: service.description,
    type: service.kind,
    thematiques: someOf(service.themes),
    frais: service.fee,
    frais_precisions: service.feeDetails,
    // `tous-publics` excludes the others, says the schema's text: beside it they add nothing.
    publics: service.publics.includes('tous-publics') ? ['tous-publics'] : someOf(service.publics),
    publics_precisions: service.publicsDetails,
    conditions_acces: service.accessConditions,
    ...addressOf(place),
    telephone: service.phone,
    courriel: service.email,
    contact_nom_prenom: service.contactName,
    modes_accueil: someOf(service.receptionModes),
    modes_mobilisation: someOf(service.mobilizationModes),
    lien_mobilisation: service.mobilizationUrl,
    mobilisation_precisions: service.mobilizationDetails,
    mobilisable_par: someOf(service.mobilizableBy),
    zone_eligibilite: someOf(service.eligibilityZone),
    volume_horaire_hebdomadaire: service.weeklyHours,
    nombre_semaines: service.weeks,
    horaires_accueil: service.openingHours ?? place?.openingHours ?? null,
    lien_source: service.sourceUrl,
    date_maj: service.updatedOn ?? data.exportedOn
  };
}

function serviceId({ organization }: ExportedRecord, service: ServiceRecord, data: DirectoryExport): string {
  return `${data.source}--${organization.id}--${service.key}`;
}

function addressOf(place: PlaceRecord | undefined) {
  return {
    adresse: place?.address ?? null,
    complement_adresse: place?.addressComplement ?? null,
    code_postal: place?.postcode ?? null,
    commune: place?.city ?? null,
    code_insee: place?.cityCode ?? null,
    latitude: place?.latitude ?? null,
    longitude: place?.longitude ?? null
  };
}

function someOf<Item>(items: readonly Item[]): readonly Item[] | null {
  return items.length === 0 ? null : items;
}

const NAME_MAX_CHARACTERS = 150;

/** At most 150 characters, and no final full stop (the schema's text asks for it, "etc." aside). */
function schemaName(name: string): string {
  const characters = [...name];
  const short =
    characters.length <= NAME_MAX_CHARACTERS
      ? name
      : `${characters
          .slice(0, NAME_MAX_CHARACTERS - 1)
          .join('')
          .trimEnd()}…`;
  return short.endsWith('etc.') ? short : short.replace(/\.+$/, '');
}
