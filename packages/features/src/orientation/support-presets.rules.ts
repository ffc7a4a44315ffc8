import { readDate, readText } from '@terreau/formats/cells';
import { readTable, type TableRefusal } from '@terreau/formats/read-table';
import { accept, type Verdict } from '@terreau/kernel/verdict';
import { readAidesJeunes, readServicePublic } from './support-aids.rules.ts';
import {
  CHECKED_COLUMN,
  FOLLOWS_COLUMN,
  ID_COLUMN,
  LIST_FIELDS,
  SUPPORT_COLUMNS,
  type TypedField
} from './support-columns.rules.ts';

/** Kinds of files that are read: two national sets of aids, our own table, and any other table. */
export const SUPPORT_PRESETS = ['aides-jeunes', 'service-public', 'terreau', 'table'] as const;
export type SupportPreset = (typeof SUPPORT_PRESETS)[number];

/** For a table of any shape: the column that gives each field, `sourceId` the identifier. */
export type SupportMapping = Readonly<Partial<Record<TypedField | 'sourceId', string>>>;

/** One row of a file, typed as in the form of a sheet. */
export interface SupportFileRow {
  /** As a spreadsheet counts, from 1, header included; for JSON the position in the list. */
  readonly row: number;
  readonly sourceId: string;
  readonly typed: Readonly<Record<string, string | string[]>>;
  /** When the source says that it was true, if each row says it. */
  readonly checkedOn: string | null;
  /** The row is of a sheet that follows the directory: it comes with the directory. */
  readonly isFollowed: boolean;
}

export interface SupportFile {
  readonly preset: SupportPreset;
  readonly columns: readonly string[];
  readonly mapping: SupportMapping;
  readonly rows: readonly SupportFileRow[];
}

/** Reads a file of sheets; the kind of file is told from its content. */
export async function readSupportFile(
  bytes: Uint8Array,
  fileName: string,
  chosen: SupportMapping | null
): Promise<Verdict<SupportFile, TableRefusal>> {
  const objects = jsonObjects(bytes);
  const aids = objects && (readAidesJeunes(objects) ?? readServicePublic(objects));
  if (aids) return accept({ ...aids, columns: [], mapping: {} });
  const table = await readTable(bytes, fileName);
  if (!table.ok) return table;
  const { columns, rows } = table.value;
  const isOurs = columns.includes(ID_COLUMN) && columns.includes('nature') && columns.includes(FOLLOWS_COLUMN);
  const mapping = chosen ?? guessSupportMapping(columns);
  return accept({
    preset: isOurs ? 'terreau' : 'table',
    columns,
    mapping,
    rows: rows.map(({ row, cells }) => {
      const cell = (column: string | undefined) => (column === undefined ? '' : (cells[columns.indexOf(column)] ?? ''));
      const typed = Object.fromEntries(
        SUPPORT_COLUMNS.flatMap(({ field }) => (mapping[field] ? [[field, valueOf(field, cell(mapping[field]))]] : []))
      );
      return {
        row,
        // Without an identifier a row is known by its title: the same file again finds the same sheets.
        sourceId: (readText(cell(mapping.sourceId)) ?? `titre:${readText(cell(mapping.title)) ?? row}`).slice(0, 200),
        typed: { kind: 'information', ...typed },
        checkedOn: isOurs ? readDate(cell(CHECKED_COLUMN)).value : null,
        isFollowed: isOurs && readText(cell(FOLLOWS_COLUMN)) !== null
      };
    })
  });
}

/** Lists are split at `;` where our own table writes them; kinds are also read by their French names. */
function valueOf(field: TypedField, cell: string): string | string[] {
  if (field === 'kind') return KIND_NAMES[plain(cell)] ?? cell.trim();
  if (!LIST_FIELDS.has(field)) return cell;
  return cell.split(/[;|\n]/).flatMap((part) => readText(part) ?? []);
}

const KIND_NAMES: Readonly<Record<string, string>> = {
  '': 'information',
  personne: 'person',
  expert: 'person',
  salle: 'room',
  local: 'room',
  materiel: 'equipment',
  equipement: 'equipment',
  formation: 'training',
  financement: 'funding',
  subvention: 'funding',
  aide: 'funding',
  fiche: 'information',
  'fiche pratique': 'information'
};

/** What each field is often called in the files of others. */
const COLUMN_NAMES: Readonly<Partial<Record<TypedField | 'sourceId', readonly string[]>>> = {
  sourceId: [ID_COLUMN, 'id', 'code', 'reference'],
  title: ['titre', 'nom', 'intitule', 'libelle', 'dispositif', 'name'],
  kind: ['nature', 'type', 'categorie'],
  summary: ['description', 'resume', 'presentation', 'objet'],
  provider: ['propose_par', 'organisme', 'financeur', 'porteur', 'structure'],
  whoMay: ['qui_peut', 'beneficiaires', 'eligibilite', 'conditions d eligibilite'],
  closesOn: ['date_limite', 'date limite', 'echeance', 'cloture', 'date de cloture'],
  opensOn: ['ouvre_le', 'ouverture', 'date d ouverture'],
  ceiling: ['plafond_euros', 'plafond', 'montant max', 'montant'],
  maxRate: ['taux_max', 'taux', 'taux max'],
  phone: ['telephone', 'tel'],
  email: ['courriel', 'email', 'e mail', 'mail'],
  url: ['site', 'url', 'lien', 'site web'],
  sourceUrl: ['adresse_source', 'source', 'url source'],
  placeWords: ['lieu', 'adresse'],
  conditions: ['conditions', 'modalites']
};

/** Each field by the column that bears its name, once. */
export function guessSupportMapping(columns: readonly string[]): SupportMapping {
  const byName = new Map(columns.map((column) => [plain(column), column]));
  const entries = [...SUPPORT_COLUMNS, { field: 'sourceId' as const, column: ID_COLUMN }].flatMap(
    ({ field, column }) => {
      const name = [column, ...(COLUMN_NAMES[field] ?? [])].find((each) => byName.has(plain(each)));
      return name === undefined ? [] : [[field, byName.get(plain(name))!] as const];
    }
  );
  return Object.fromEntries(entries);
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

function jsonObjects(bytes: Uint8Array): readonly Readonly<Record<string, unknown>>[] | null {
  const text = new TextDecoder().decode(bytes);
  if (!/^\uFEFF?\s*\[/.test(text)) return null;
  try {
    const root: unknown = JSON.parse(text);
    if (!Array.isArray(root) || root.length === 0) return null;
    return root.every((each) => typeof each === 'object' && each !== null) ? (root as Record<string, unknown>[]) : null;
  } catch {
    return null;
  }
}
