import {
  isSiret,
  plainForm,
  readEmail,
  readNumber,
  readPhone,
  readRna,
  readSiret,
  readText,
  readUrl
} from './cells.ts';
import type { ColumnMapping, Field } from './fields.ts';
import type { Table } from './read-table.ts';

export interface Guess {
  readonly field: Field;
  readonly column: string;
  /** From 0 to 100; under {@link GUESS_SURE_PERCENT} a person should look. */
  readonly percent: number;
  readonly because: 'name' | 'values' | 'name-and-values';
}

export interface GuessedMapping {
  readonly mapping: ColumnMapping;
  readonly guesses: readonly Guess[];
  /** Columns that nothing was found for: the report says that they are left out. */
  readonly unused: readonly string[];
}

export const GUESS_SURE_PERCENT = 80;
const SAMPLE_MAX_ROWS = 200;

/** What column feeds which field, judged by its name and by what it holds. Each column is used once. */
export function guessMapping(table: Table): GuessedMapping {
  const candidates = table.columns.flatMap((column, index) => guessColumn(table, column, index));
  candidates.sort((a, b) => b.percent - a.percent);
  const columns: Partial<Record<Field, string[]>> = {};
  const used = new Set<string>();
  const guesses: Guess[] = [];
  for (const guess of candidates) {
    const full = (columns[guess.field]?.length ?? 0) >= (MANY_COLUMNS[guess.field] ?? 1);
    if (used.has(guess.column) || full) continue;
    used.add(guess.column);
    (columns[guess.field] ??= []).push(guess.column);
    guesses.push(guess);
  }
  for (const names of Object.values(columns)) names.sort((a, b) => table.columns.indexOf(a) - table.columns.indexOf(b));
  return { mapping: { columns }, guesses, unused: table.columns.filter((column) => !used.has(column)) };
}

/** Fields that several columns may feed together. */
const MANY_COLUMNS: Readonly<Partial<Record<Field, number>>> = { words: 4, address: 4, addressComplement: 2 };

/** Names seen in real files, in their plain form, the most telling first. */
const NAMES: Readonly<Partial<Record<Field, readonly string[]>>> = {
  name: [
    'nom',
    'raison sociale',
    'denomination',
    'nom asso',
    'nom association',
    'nom de l association',
    'nom structure',
    'nom de la structure',
    'nom organisme',
    'structure',
    'association',
    'organisme',
    'libelle',
    'libel',
    'titre',
    'intitule',
    'name',
    'nom complet',
    'nom beneficiaire',
    'attrib nom',
    'beneficiaire',
    'equip nom',
    'nom du lieu',
    'employeur',
    'nom etablissement',
    'etablissement',
    'organization',
    'label'
  ],
  sourceId: ['id', 'identifiant', 'uid', 'code structure', 'matricule', 'numero', 'id structure', 'equip uid'],
  acronym: ['sigle', 'acronyme', 'titre court', 'abreviation', 'acronym'],
  legalForm: ['forme juridique', 'statut juridique', 'nature juridique', 'categorie juridique', 'legal form'],
  siret: [
    'siret',
    'n siret',
    'numero siret',
    'code siret',
    'siret siege',
    'id beneficiaire',
    'attrib siret',
    'code tiers',
    'coll siret'
  ],
  rna: ['rna', 'numero rna', 'n rna', 'code rna', 'rna beneficiaire', 'waldec', 'numero waldec'],
  description: [
    'description',
    'objet',
    'presentation',
    'activites',
    'mission',
    'missions',
    'presentation detail',
    'resume',
    'objet social'
  ],
  website: [
    'site web',
    'site internet',
    'internet',
    'site',
    'url',
    'web',
    'website',
    'lien',
    'page web',
    'equip web',
    'www'
  ],
  phone: [
    'telephone',
    'telephones',
    'tel',
    'numero de telephone',
    'n telephone',
    'tel fixe',
    'portable',
    'mobile',
    'phone',
    'equip tel',
    'contact tel'
  ],
  email: [
    'courriel',
    'courriels',
    'email',
    'e mail',
    'mail',
    'adresse mail',
    'adresse email',
    'adresse electronique',
    'contact mail',
    'equip email',
    'mel'
  ],
  words: [
    'domaine',
    'sous domaine',
    'categorie',
    'sous categorie',
    'thematique',
    'theme',
    'themes',
    'activite',
    'secteur',
    'famille',
    'type',
    'delta cat',
    'delta ssca',
    'domaines',
    'equip theme'
  ],
  updatedOn: [
    'date maj',
    'mise a jour',
    'date de mise a jour',
    'maj',
    'derniere mise a jour',
    'date modification',
    'updated at'
  ],
  address: [
    'adresse',
    'adresse postale',
    'rue',
    'voie',
    'adresse 1',
    'numero voie',
    'nom voie',
    'libelle voie',
    'adr numero',
    'adr nomvoie',
    'address',
    'adresse complete',
    'adresse siege'
  ],
  addressComplement: [
    'complement adresse',
    'complement d adresse',
    'adresse complement',
    'adresse 2',
    'batiment',
    'cplt adresse'
  ],
  postcode: ['code postal', 'cp', 'codepostal', 'postal code', 'zip', 'adr codepostal', 'c p'],
  city: [
    'commune',
    'ville',
    'localite',
    'nom commune',
    'libelle commune',
    'city',
    'adr commune',
    'lib com',
    'bureau distributeur'
  ],
  cityCode: [
    'code insee',
    'insee',
    'code commune',
    'insee com',
    'code commune insee',
    'codgeo',
    'com',
    'citycode',
    'code officiel'
  ],
  neighbourhood: ['quartier', 'code quartier', 'nom quartier', 'sous quartier'],
  latitude: ['latitude', 'lat', 'y', 'coord y', 'y wgs84', 'y l93', 'equip lat', 'coordonnee y', 'northing'],
  longitude: [
    'longitude',
    'lon',
    'long',
    'lng',
    'x',
    'coord x',
    'x wgs84',
    'x l93',
    'equip long',
    'coordonnee x',
    'easting'
  ],
  latitudeLongitude: [
    'geo point 2d',
    'geo point',
    'geolocalisation',
    'coordonnees',
    'coordonnees gps',
    'geopoint',
    'latlon',
    'gps'
  ],
  openingHours: [
    'horaires',
    'horaires ouverture',
    'horaires d ouverture',
    'opening hours',
    'ouverture',
    'horaires accueil',
    'equip ouverture'
  ],
  accessibilityUrl: ['fiche acces libre', 'accessibilite lieu', 'acceslibre']
};

/** Fields whose values alone give them away, and the share of filled cells that must agree. */
const VALUE_TESTS: Readonly<Partial<Record<Field, (cell: string) => boolean>>> = {
  siret: (cell) => readSiret(cell).siren !== null && /\d{9}/.test(cell.replace(/\s/g, '')),
  rna: (cell) => readRna(cell).value !== null,
  email: (cell) => cell.includes('@') && readEmail(cell).value !== null,
  website: (cell) => /^(?:https?:|www\.)/i.test(cell) && readUrl(cell).value !== null,
  phone: (cell) => /^(?:\+|0)[\d\s.\-()]{8,}/.test(cell) && !isSiret(cell) && readPhone(cell).value !== null,
  latitudeLongitude: (cell) => /^\s*-?\d{1,2}\.\d{3,}\s*[,; ]\s*-?\d{1,3}\.\d{3,}\s*$/.test(cell)
};

/** Values that a column by that name cannot hold: its name is then not believed. */
const VALUE_DENIALS: Readonly<Partial<Record<Field, (cell: string) => boolean>>> = {
  ...VALUE_TESTS,
  latitude: (cell) => readNumber(cell).value !== null,
  longitude: (cell) => readNumber(cell).value !== null,
  postcode: (cell) => /^\d{4,5}(?:\.0)?$/.test(cell.replace(/\s/g, '')),
  cityCode: (cell) => /^\d[\dAB]\d{2,3}$/i.test(cell.trim()),
  name: (cell) => /\p{L}/u.test(cell),
  words: (cell) => /\p{L}{2}/u.test(cell)
};

function guessColumn(table: Table, column: string, index: number): Guess[] {
  if (column === '@longitude') return [{ field: 'longitude', column, percent: 100, because: 'name' }];
  if (column === '@latitude') return [{ field: 'latitude', column, percent: 100, because: 'name' }];
  const cells = sampleOf(table, index);
  const named = Object.entries(NAMES).flatMap(([field, names]) => {
    const percent = nameScore(column, names);
    return percent > 0 ? [weighed(field as Field, column, percent, cells)] : [];
  });
  const shown = Object.entries(VALUE_TESTS).flatMap(([field, test]) => {
    const share = shareOf(cells, test);
    const alreadyNamed = named.some((guess) => guess?.field === field);
    return share >= 70 && cells.length >= 3 && !alreadyNamed
      ? [{ field: field as Field, column, percent: Math.floor((share * 70) / 100), because: 'values' as const }]
      : [];
  });
  return [...named.filter((guess) => guess !== null), ...shown];
}

/** A name that the values confirm weighs more; one that they deny is dropped. */
function weighed(field: Field, column: string, percent: number, cells: readonly string[]): Guess | null {
  // What repeats is no identifier.
  if (field === 'sourceId' && new Set(cells).size < cells.length) return null;
  const test = VALUE_DENIALS[field];
  if (!test || cells.length === 0) return { field, column, percent, because: 'name' };
  const share = shareOf(cells, test);
  if (share < 30) return null;
  const confirmed = share >= 80 && field in VALUE_TESTS;
  return {
    field,
    column,
    percent: confirmed ? Math.min(100, percent + 10) : percent,
    because: confirmed ? 'name-and-values' : 'name'
  };
}

/** 90 for the very name, 70 for a name that begins or ends with it, less for names far down the list. */
function nameScore(column: string, names: readonly string[]): number {
  const plain = plainForm(column.replace(/([a-z])([A-Z])/g, '$1 $2'));
  const compact = plain.replace(/ /g, '');
  const exact = names.findIndex((name) => name === plain || name.replace(/ /g, '') === compact);
  if (exact !== -1) return 90 - Math.min(exact, 20);
  const part = names.findIndex(
    (name) => name.length >= 3 && (plain.startsWith(`${name} `) || plain.endsWith(` ${name}`))
  );
  return part === -1 ? 0 : 60 - Math.min(part, 20);
}

function sampleOf(table: Table, index: number): string[] {
  const cells: string[] = [];
  for (const row of table.rows) {
    const cell = row.cells[index] ?? '';
    if (readText(cell) !== null) cells.push(cell);
    if (cells.length === SAMPLE_MAX_ROWS) break;
  }
  return cells;
}

function shareOf(cells: readonly string[], test: (cell: string) => boolean): number {
  return cells.length === 0 ? 0 : Math.floor((cells.filter(test).length * 100) / cells.length);
}
