import type { Context } from '@terreau/database/context';
import type { Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { columnsOf } from '../directory/sheet-rows.ts';
import { keepsCatalogue } from './support.policy.ts';
import type { SupportFields } from './support.schema.ts';

/** The columns of the table for the fields of a sheet. */
export function supportColumns(fields: Partial<SupportFields>) {
  return columnsOf(fields) as { title: string; kind: string } & Record<string, unknown>;
}

/** The fields of a sheet as its row holds them: what {@link supportColumns} wrote. */
export function fieldsOfRow(row: Readonly<Record<string, unknown>>): SupportFields {
  const entries = Object.entries(FIELD_COLUMNS).map(([field, column]) => [
    field,
    // PostgreSQL gives big integers as text.
    column === 'ceiling_cents' && row[column] !== null ? Number(row[column]) : (row[column] ?? null)
  ]);
  return Object.fromEntries(entries) as SupportFields;
}

/** Every field of a sheet with its column. */
const FIELD_COLUMNS: Readonly<Record<keyof SupportFields, string>> = {
  kind: 'kind',
  title: 'title',
  summary: 'summary',
  plainSummary: 'plain_summary',
  provider: 'provider',
  themes: 'themes',
  localThemes: 'local_themes',
  publics: 'publics',
  languages: 'languages',
  accessibility: 'accessibility',
  legalForms: 'legal_forms',
  minAgeMonths: 'min_age_months',
  maxAgeMonths: 'max_age_months',
  minEmployees: 'min_employees',
  maxEmployees: 'max_employees',
  scopeKind: 'scope_kind',
  scopeCodes: 'scope_codes',
  neighbourhoodId: 'neighbourhood_id',
  placeWords: 'place_words',
  latitude: 'latitude',
  longitude: 'longitude',
  radiusMetres: 'radius_metres',
  whoMay: 'who_may',
  whoMayNot: 'who_may_not',
  minRateBasisPoints: 'min_rate_basis_points',
  maxRateBasisPoints: 'max_rate_basis_points',
  ceilingCents: 'ceiling_cents',
  recurrence: 'recurrence',
  opensOn: 'opens_on',
  closesOn: 'closes_on',
  conditions: 'conditions',
  fees: 'fees',
  cost: 'cost',
  phone: 'phone',
  email: 'email',
  url: 'url',
  sourceUrl: 'source_url',
  capacity: 'capacity'
};

/** The sheet, locked for a change, if the actor keeps the catalogue of its territory. */
export async function lockSupport(tx: Tx, ctx: Context, territoryId: Id, id: Id) {
  if (!isId(id) || !isId(territoryId) || !keepsCatalogue(ctx.actor, territoryId)) return undefined;
  return tx
    .selectFrom('support')
    .selectAll()
    .where('id', '=', id)
    .where('territory_id', '=', territoryId)
    .forUpdate()
    .executeTakeFirst();
}

/** Whether the sheet follows a service, a skill or an offer: it is then changed where these are. */
export function follows(row: { service_id: Id | null; skill_id: Id | null; post_id: Id | null }): boolean {
  return row.service_id !== null || row.skill_id !== null || row.post_id !== null;
}

/** Whether the neighbourhood is none, or one of the territory. */
export async function isOwnNeighbourhood(tx: Tx, territoryId: Id, id: Id | null): Promise<boolean> {
  if (id === null) return true;
  const row = await tx
    .selectFrom('neighbourhood')
    .select('id')
    .where('id', '=', id)
    .where('territory_id', '=', territoryId)
    .executeTakeFirst();
  return row !== undefined;
}
