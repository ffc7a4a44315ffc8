import type { SupportSheet } from './support-sheet.query.ts';
import type { SupportFields } from './support.schema.ts';

/** The name under which the form of a sheet, and so a file, gives each field. */
export type TypedField =
  | Exclude<
      keyof SupportFields,
      'latitude' | 'longitude' | 'radiusMetres' | 'minRateBasisPoints' | 'maxRateBasisPoints' | 'ceilingCents'
    >
  | 'position'
  | 'radiusKm'
  | 'minRate'
  | 'maxRate'
  | 'ceiling';

/** The columns of our own table, in order: written by the export, read back by the import without loss. */
export const SUPPORT_COLUMNS: readonly { readonly field: TypedField; readonly column: string }[] = [
  { field: 'kind', column: 'nature' },
  { field: 'title', column: 'titre' },
  { field: 'summary', column: 'description' },
  { field: 'plainSummary', column: 'en_clair' },
  { field: 'provider', column: 'propose_par' },
  { field: 'themes', column: 'sujets' },
  { field: 'localThemes', column: 'mots_locaux' },
  { field: 'publics', column: 'publics' },
  { field: 'languages', column: 'langues' },
  { field: 'accessibility', column: 'accessibilite' },
  { field: 'legalForms', column: 'formes_juridiques' },
  { field: 'minAgeMonths', column: 'age_min_mois' },
  { field: 'maxAgeMonths', column: 'age_max_mois' },
  { field: 'minEmployees', column: 'salaries_min' },
  { field: 'maxEmployees', column: 'salaries_max' },
  { field: 'scopeKind', column: 'territoire' },
  { field: 'scopeCodes', column: 'codes_territoire' },
  { field: 'neighbourhoodId', column: 'quartier' },
  { field: 'placeWords', column: 'lieu' },
  { field: 'position', column: 'position' },
  { field: 'radiusKm', column: 'rayon_km' },
  { field: 'whoMay', column: 'qui_peut' },
  { field: 'whoMayNot', column: 'qui_ne_peut_pas' },
  { field: 'minRate', column: 'taux_min' },
  { field: 'maxRate', column: 'taux_max' },
  { field: 'ceiling', column: 'plafond_euros' },
  { field: 'recurrence', column: 'revient' },
  { field: 'opensOn', column: 'ouvre_le' },
  { field: 'closesOn', column: 'date_limite' },
  { field: 'conditions', column: 'conditions' },
  { field: 'fees', column: 'prix' },
  { field: 'cost', column: 'precision_prix' },
  { field: 'phone', column: 'telephone' },
  { field: 'email', column: 'courriel' },
  { field: 'url', column: 'site' },
  { field: 'sourceUrl', column: 'adresse_source' },
  { field: 'capacity', column: 'demandes_a_la_fois' }
];

/** Beside the fields: its identifier here, what it follows in the directory, and when it was last checked. */
export const ID_COLUMN = 'identifiant';
export const FOLLOWS_COLUMN = 'suit';
export const CHECKED_COLUMN = 'verifiee_le';

/** Fields that hold several codes: `;` between them. */
export const LIST_FIELDS: ReadonlySet<TypedField> = new Set([
  'themes',
  'localThemes',
  'publics',
  'languages',
  'accessibility',
  'legalForms',
  'scopeCodes'
]);

export const SUPPORT_FILE_COLUMNS: readonly string[] = [
  ID_COLUMN,
  ...SUPPORT_COLUMNS.map(({ column }) => column),
  CHECKED_COLUMN,
  FOLLOWS_COLUMN
];

/** A sheet as one line of our table. A neighbourhood is written by its name: another platform knows no other. */
export function supportLineOf(sheet: SupportSheet): string[] {
  return [
    sheet.id,
    ...SUPPORT_COLUMNS.map(({ field }) => cellOf(sheet, field)),
    sheet.checkedOn ?? '',
    sheet.followed ?? ''
  ];
}

function cellOf(sheet: SupportSheet, field: TypedField): string {
  const parts = (value: number | null, of: number) => (value === null ? '' : String(value / of));
  switch (field) {
    case 'position':
      return sheet.latitude === null || sheet.longitude === null ? '' : `${sheet.latitude}, ${sheet.longitude}`;
    case 'radiusKm':
      return parts(sheet.radiusMetres, 1000);
    case 'minRate':
      return parts(sheet.minRateBasisPoints, 100);
    case 'maxRate':
      return parts(sheet.maxRateBasisPoints, 100);
    case 'ceiling':
      return parts(sheet.ceilingCents, 100);
    case 'neighbourhoodId':
      return sheet.neighbourhood ?? '';
    default: {
      const value = sheet[field];
      return value === null ? '' : Array.isArray(value) ? value.join(';') : String(value);
    }
  }
}
