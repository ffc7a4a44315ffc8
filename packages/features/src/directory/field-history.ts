import type { Tx } from '@terreau/database/transaction';
import type { DB } from '@terreau/database/schema';
import type { Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import type { Updateable } from 'kysely';

/** What has a field history: the row, the organisation it belongs to (itself for an organisation), its territory. */
export interface FieldSubject {
  readonly kind: 'organization' | 'place' | 'service' | 'post';
  readonly id: Id;
  readonly organizationId: Id;
  readonly territoryId: Id;
}

/** Who changes the fields. `byHand`: a person typed it, so that a later import leaves it alone. */
export interface FieldAuthor {
  readonly accountId: Id | null;
  readonly byHand: boolean;
  /** The producer of the file, or null when the value comes from a person. */
  readonly source: string | null;
  readonly importRunId: Id | null;
  readonly now: Instant;
}

/** Columns that were written, and those left alone because their newest value was typed by a person. */
export interface AppliedFields {
  readonly changed: string[];
  readonly protected: string[];
}

/** Values by column name, as the database gives and takes them: text, number, list of codes, `YYYY-MM-DD`, null. */
export type FieldValues = Readonly<Record<string, unknown>>;

/**
 * Writes the fields of `wanted` that differ from `current` and keeps each previous value in the history.
 * Keys are column names; `undefined` and absent keys change nothing; lists of codes are compared without their order.
 * `current` must have been read in this transaction. When nothing differs, the database is not asked at all.
 * Throws on a column that has no history: that is a bug of the caller.
 */
export async function applyFields(
  tx: Tx,
  subject: FieldSubject,
  current: FieldValues,
  wanted: FieldValues,
  author: FieldAuthor
): Promise<AppliedFields> {
  const differing = differences(subject.kind, current, wanted);
  if (differing.length === 0) return { changed: [], protected: [] };
  const held = author.byHand ? new Set<string>() : await handWrittenFields(tx, subject, differing);
  const changed = differing.filter((field) => !held.has(field));
  if (changed.length > 0) {
    await insertChanges(tx, subject, current, wanted, changed, author);
    await updateRow(tx, subject, Object.fromEntries(changed.map((field) => [field, wanted[field]])), author.now);
  }
  return { changed, protected: differing.filter((field) => held.has(field)) };
}

/**
 * Records the first values of a row that was just inserted, so that what a person typed at creation is protected too.
 * Empty values are no statement, and are left out.
 */
export async function rememberFirstFields(
  tx: Tx,
  subject: FieldSubject,
  written: FieldValues,
  author: FieldAuthor
): Promise<void> {
  const stated = differences(subject.kind, {}, written);
  if (stated.length > 0) await insertChanges(tx, subject, {}, written, stated, author);
}

/** The columns of each table whose changes are kept. */
const FIELDS: Readonly<Record<FieldSubject['kind'], ReadonlySet<string>>> = {
  organization: new Set([
    'name',
    'acronym',
    'legal_form',
    'siret',
    'rna',
    'description',
    'description_en',
    'plain_description',
    'website',
    'email',
    'phone',
    'themes',
    'local_themes',
    'publics',
    'networks',
    'status',
    'promise_months',
    'source_url',
    'source_updated_on'
  ]),
  place: new Set([
    'label',
    'address',
    'address_complement',
    'postcode',
    'city',
    'city_code',
    'latitude',
    'longitude',
    'neighbourhood_id',
    'opening_hours',
    'accessibility',
    'accessibility_url'
  ]),
  service: new Set([
    'name',
    'description',
    'kind',
    'themes',
    'publics',
    'publics_details',
    'conditions',
    'fees',
    'fees_details',
    'reception_modes',
    'mobilization_modes',
    'mobilization_details',
    'mobilization_url',
    'mobilized_by',
    'eligibility_zones',
    'contact_role',
    'phone',
    'email',
    'opening_hours',
    'hours_per_week',
    'weeks_count',
    'source_url',
    'source_updated_on'
  ]),
  post: new Set(['category', 'title', 'description', 'state', 'outcome', 'expires_on'])
};

function differences(kind: FieldSubject['kind'], current: FieldValues, wanted: FieldValues): string[] {
  const asked = Object.keys(wanted).filter((field) => wanted[field] !== undefined);
  const unknown = asked.find((field) => !FIELDS[kind].has(field));
  if (unknown) throw new TypeError(`${kind}.${unknown} has no history`);
  return asked.filter((field) => comparable(field, wanted[field]) !== comparable(field, current[field]));
}

/** Columns that the driver gives as text because they are exact decimals. */
const DECIMALS: ReadonlySet<string> = new Set(['hours_per_week']);

/** A text that is the same for values that mean the same: codes in any order, nothing as null or as an empty list. */
function comparable(field: string, value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? 'null' : JSON.stringify([...value].sort());
  return JSON.stringify(DECIMALS.has(field) ? Number(value) : value);
}

async function handWrittenFields(tx: Tx, subject: FieldSubject, fields: readonly string[]): Promise<Set<string>> {
  const newest = await tx
    .selectFrom('field_change')
    .distinctOn('field')
    .select(['field', 'by_hand'])
    .where('subject_kind', '=', subject.kind)
    .where('subject_id', '=', subject.id)
    .where('field', 'in', fields)
    .orderBy('field')
    .orderBy('id', 'desc')
    .execute();
  return new Set(newest.filter((change) => change.by_hand).map((change) => change.field));
}

async function insertChanges(
  tx: Tx,
  subject: FieldSubject,
  current: FieldValues,
  wanted: FieldValues,
  fields: readonly string[],
  author: FieldAuthor
): Promise<void> {
  await tx
    .insertInto('field_change')
    .values(
      fields.map((field) => ({
        territory_id: subject.territoryId,
        subject_kind: subject.kind,
        subject_id: subject.id,
        organization_id: subject.organizationId,
        field,
        previous: asJson(current[field]),
        value: asJson(wanted[field]),
        changed_by: author.accountId,
        by_hand: author.byHand,
        source: author.source,
        import_run_id: author.importRunId,
        changed_at: author.now
      }))
    )
    .execute();
}

function asJson(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}

/** Filters on the parent as well: an id of another organisation changes nothing. */
async function updateRow(tx: Tx, subject: FieldSubject, values: FieldValues, now: Instant): Promise<void> {
  const stamped = subject.kind === 'post' ? values : { ...values, updated_at: now };
  const update = tx
    .updateTable(subject.kind as 'place')
    .set(stamped as Updateable<DB['place']>)
    .where('id', '=', subject.id)
    .where('territory_id', '=', subject.territoryId);
  const owned = subject.kind === 'organization' ? update : update.where('organization_id', '=', subject.organizationId);
  const { numUpdatedRows } = await owned.executeTakeFirstOrThrow();
  if (numUpdatedRows !== 1n) throw new Error(`${subject.kind} to change is not there`);
}
