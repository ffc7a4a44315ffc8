import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { readSiret } from './cells.ts';
import { validateService, validateStructure } from './data-inclusion/data-inclusion.ts';
import { serviceSchema, structureSchema, type Constraint } from './data-inclusion/schema.ts';
import { detectPreset } from './detect.ts';
import type { RowProblem } from './directory-record.ts';
import { mapTable } from './map-table.ts';
import { readTable, type Table } from './read-table.ts';

// Real and large files take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/** Real open data, beside the repository. It is not redistributed: without it these tests say that they are skipped. */
const DATA = new URL('../../../../shared/data/', import.meta.url);
const present = existsSync(DATA);
if (!present) console.warn('Real files skipped: ../shared/data is not beside the repository.');

async function read(path: string, sheet?: string): Promise<Table> {
  const table = await readTable(readFileSync(new URL(path, DATA)), path, sheet === undefined ? {} : { sheet });
  if (!table.ok) throw new Error(`${path}: ${table.code}`);
  return table.value;
}

async function account(path: string, sheet?: string) {
  const table = await read(path, sheet);
  const { preset } = detectPreset(table);
  const { rows } = mapTable(table, preset);
  const kept = rows.filter((row) => row.record !== null);
  const located = kept.filter((row) => row.record!.places.some((place) => place.latitude !== null));
  const counts = new Map<string, number>();
  for (const problem of rows.flatMap((row) => row.problems))
    counts.set(key(problem), (counts.get(key(problem)) ?? 0) + 1);
  const problems = Object.fromEntries(counts);
  return {
    preset: preset.name,
    rows: rows.length,
    kept: kept.length,
    located: located.length,
    problems,
    records: kept.map((row) => row.record!)
  };
}

function key(problem: RowProblem): string {
  return `${problem.severity} ${problem.reason}`;
}

describe.skipIf(!present)('real files, row by row', () => {
  test('Montpellier’s associations: 2,452 rows in cp1252 with decimal commas, 2,252 located', async () => {
    const file = await account('montpellier/associations_2011_sans_contacts.csv');
    expect(file).toMatchObject({ preset: 'city-associations', rows: 2_452, kept: 2_452, located: 2_252 });
    expect(file.problems).toEqual({ 'drops-value url-malformed': 21, 'drops-value url-scheme-refused': 1 });
    for (const { places } of file.records) {
      if (places[0]?.latitude == null) continue;
      expect(Math.abs(places[0].latitude - 43.61)).toBeLessThan(0.3);
      expect(Math.abs(places[0].longitude! - 3.88)).toBeLessThan(0.4);
    }
  });

  test('Montpellier’s public places: 1,024 rows in GeoJSON, all located; the CSV beside it gives the same names', async () => {
    const geojson = await account('montpellier/VilleMTP_MTP_EtabliPublic.geojson');
    expect(geojson).toMatchObject({ preset: 'generic', rows: 1_024, kept: 1_024, located: 1_024, problems: {} });
    const csv = await account('montpellier/VilleMTP_MTP_EtabliPublic.csv');
    expect(csv).toMatchObject({ rows: 1_024, kept: 1_024 });
    expect(csv.records.map(nameOf)).toEqual(geojson.records.map(nameOf));
  });

  test('Montpellier’s subsidies in ODS: 1,238 rows under the header, 26 without a structure', async () => {
    expect(await account('montpellier/VilleMTP_MTP_AttribSub_2014.ods')).toMatchObject({
      rows: 1_238,
      kept: 1_212,
      problems: { 'rejects-row name-missing': 26 }
    });
  });

  test('digital advisers: 2,889 rows, 99 SIRET that fail the usual key, all of La Poste', async () => {
    const file = await account('services/conseillers_numeriques_structures_20230405.csv');
    expect(file).toMatchObject({ preset: 'conseillers-numeriques', rows: 2_889, kept: 2_889 });
    expect(file.problems).toEqual({ 'notice siret-la-poste': 99, 'notice postcode-zero-restored': 206 });
  });

  test('France services: 908 rows, all located, overseas included, hours in OSM syntax', async () => {
    const file = await account('services/france_services_2020.geojson');
    expect(file).toMatchObject({ preset: 'france-services', rows: 908, kept: 908, located: 908 });
    expect(file.problems).toEqual({ 'notice postcode-zero-restored': 21, 'drops-value email-malformed': 3 });
    const hours = file.records.map((record) => record.places[0]!.openingHours);
    expect(hours.filter((text) => text === null).length).toBeLessThan(110);
    expect(hours).toContain('Mo-Fr 09:00-12:00,13:30-17:00');
  });

  test('digital mediation in Charente: 188 rows, all located, 67 zeros for a SIRET, one wrong key', async () => {
    const file = await account('services/mednum_charente_20230711.json');
    expect(file).toMatchObject({ preset: 'mednum', rows: 188, kept: 188, located: 188 });
    expect(file.problems).toEqual({
      'drops-value siret-placeholder': 67,
      'drops-value siret-wrong-key': 1,
      'notice siret-la-poste': 4
    });
    expect(file.records.every((record) => record.services.length === 1 && record.services[0]!.themes.length > 0)).toBe(
      true
    );
  });

  test('data·inclusion’s own template and its deliberate errors', async () => {
    expect(await account('data-inclusion/dataset.xlsx')).toMatchObject({
      preset: 'data-inclusion-structures',
      rows: 3,
      kept: 1,
      problems: {
        'rejects-row row-marked-ignored': 2,
        'drops-value postcode-malformed': 1,
        'drops-value url-malformed': 1,
        'drops-value email-malformed': 1
      }
    });
    expect(await account('data-inclusion/dataset.xlsx', 'Services')).toMatchObject({
      preset: 'data-inclusion-services',
      rows: 4,
      kept: 2,
      problems: {
        'rejects-row row-marked-ignored': 2,
        'drops-value code-unknown': 3,
        'drops-value number-malformed': 2
      }
    });
  });

  test('a file of structures, and the same with errors, are read by guessing their columns', async () => {
    expect(await account('imports/import_structures.csv')).toMatchObject({
      preset: 'generic',
      rows: 2,
      kept: 2,
      problems: {}
    });
    expect(await account('imports/import_structures_buggy.csv')).toMatchObject({
      rows: 4,
      kept: 3,
      problems: { 'rejects-row name-missing': 1, 'drops-value siret-wrong-key': 1, 'drops-value email-malformed': 1 }
    });
  });

  test('Poitiers’ subsidies: 470 rounded SIRET are refused, most of their SIREN stay readable', async () => {
    const table = await read('subventions/poitiers_2017.csv');
    const cells = table.rows.map((row) => readSiret(row.cells[table.columns.indexOf('ATTRIB_SIRET')]!));
    expect(cells.filter((cell) => cell.reason === 'siret-rounded')).toHaveLength(470);
    expect(cells.filter((cell) => cell.siren !== null).length).toBeGreaterThan(450);
    expect(cells.filter((cell) => cell.value !== null)).toHaveLength(61);
  });

  test('old Excel files are refused with the way out', async () => {
    for (const path of ['montpellier/VilleMTP_MTP_AttribSub_2014.xls', 'montpellier/mpt_activites.xls'])
      expect(await readTable(readFileSync(new URL(path, DATA)), path)).toMatchObject({
        ok: false,
        code: 'format-xls-save-as-xlsx'
      });
  });

  test('every other table is read, and every row is either kept or explained', async () => {
    for (const path of OTHERS) {
      const file = await account(path);
      expect(file.rows).toBeGreaterThan(0);
      const rejected = Object.entries(file.problems).filter(([reason]) => reason.startsWith('rejects-row'));
      expect(file.kept + rejected.reduce((sum, [, count]) => sum + count, 0)).toBe(file.rows);
    }
  });
});

const OTHERS = [
  'montpellier/mpt_mpt.json',
  'subventions/conventions_cd49.csv',
  'subventions/conventions_lot_2017_latin1.csv',
  'subventions/conventions_somme_2018_latin1.csv',
  'subventions/exemple_valide.csv',
  'subventions/exemple_invalide_erreurs_cellules.csv',
  'subventions/exemple_invalide_erreurs_colonnes.csv',
  'imports/plan_with_duplicate_actions.xlsx',
  'politique-de-la-ville/adulte-relais-2025.json',
  'politique-de-la-ville/postes-fonjep-2025.json'
];

describe.skipIf(!present)('the published JSON Schemas of data·inclusion', () => {
  test.each([
    ['structure', structureSchema],
    ['service', serviceSchema]
  ] as const)('our constraints on a %s are theirs', (name, ours) => {
    const published = JSON.parse(readFileSync(new URL(`data-inclusion/${name}.json`, DATA), 'utf8')) as Published;
    expect(Object.keys(ours).sort()).toEqual(Object.keys(published.properties).sort());
    for (const [field, constraint] of Object.entries(ours))
      expect([field, plain(constraint)]).toEqual([field, plainPublished(published, field)]);
  });

  test('their own examples are valid', () => {
    for (const [name, validate] of [
      ['structure', validateStructure],
      ['service', validateService]
    ] as const) {
      const published = JSON.parse(readFileSync(new URL(`data-inclusion/${name}.json`, DATA), 'utf8')) as Published;
      const examples = Object.entries(published.properties).flatMap(([field, property]) =>
        (property.examples ?? []).slice(0, 1).map((example) => [field, example])
      );
      const row = { description: 'Une description.', structure_id: 'dora--1', ...Object.fromEntries(examples) };
      expect(validate(row)).toEqual([]);
    }
  });
});

interface PublishedProperty {
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly minItems?: number;
  readonly items?: PublishedProperty;
  readonly $ref?: string;
  readonly anyOf?: readonly PublishedProperty[];
  readonly examples?: readonly unknown[];
}

interface Published {
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, PublishedProperty>>;
  readonly $defs: Readonly<Record<string, { readonly enum: readonly string[] }>>;
}

/** Both sides in one form, so that they can be compared. A pattern of fixed length says its own bounds. */
function plain(constraint: Constraint): object {
  const base = { required: constraint.required ?? false };
  if (constraint.kind === 'code' || constraint.kind === 'codes') {
    const min = constraint.kind === 'codes' ? (constraint.min ?? 0) : 0;
    return { ...base, kind: constraint.kind, codes: [...constraint.codes].sort(), min };
  }
  if (constraint.kind === 'number')
    return { ...base, kind: 'number', min: constraint.min ?? null, integer: constraint.integer ?? false };
  if (constraint.kind === 'zones') return { ...base, kind: 'zones' };
  const bounds = constraint.pattern ? {} : { min: constraint.min ?? null, max: constraint.max ?? null };
  return {
    ...base,
    kind: 'text',
    format: constraint.format ?? null,
    pattern: constraint.pattern?.source ?? null,
    ...bounds
  };
}

function plainPublished(published: Published, field: string): object {
  const whole = published.properties[field]!;
  const property = whole.anyOf?.find((option) => option.type !== 'null') ?? whole;
  const base = { required: published.required.includes(field) };
  const codesOf = (reference: string) => [...published.$defs[reference.replace('#/$defs/', '')]!.enum].sort();
  if (property.$ref) return { ...base, kind: 'code', codes: codesOf(property.$ref), min: 0 };
  if (property.items?.$ref)
    return { ...base, kind: 'codes', codes: codesOf(property.items.$ref), min: property.minItems ?? 0 };
  if (property.type === 'array') return { ...base, kind: 'zones' };
  if (property.type === 'number' || property.type === 'integer')
    return { ...base, kind: 'number', min: property.minimum ?? null, integer: property.type === 'integer' };
  const bounds = property.pattern ? {} : { min: property.minLength ?? null, max: property.maxLength ?? null };
  return { ...base, kind: 'text', format: property.format ?? null, pattern: property.pattern ?? null, ...bounds };
}

function nameOf(record: { readonly organization: object }): string {
  return 'name' in record.organization ? String(record.organization.name) : '';
}
