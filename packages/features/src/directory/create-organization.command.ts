import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { settingsInForce } from '../territories/read-settings.query.ts';
import { mayCreateSheet, publishesAtOnce, worksFor } from './directory.policy.ts';
import type { OrganizationFields, PlaceFields } from './directory.schema.ts';
import { rememberFirstFields } from './field-history.ts';
import { confirmedNow } from './freshness.rules.ts';
import { findKnownSheet } from './known-names.ts';
import { reservedWordIn } from './reserved-names.rules.ts';
import { byHand, columnsOf, subjectOf } from './sheet-rows.ts';

/** Sheets of one author that may wait for a human at the same time. */
export const WAITING_SHEETS_MAX_COUNT = 5;

export interface CreateOrganizationRequest {
  readonly territoryId: Id;
  readonly fields: OrganizationFields;
  /** Where it is, when it says so; hours and access belong to the place. */
  readonly place: PlaceFields | null;
  /** The author has seen the sheet of the same name and says that theirs is another organisation. */
  readonly isAnother: boolean;
}

export interface CreatedOrganization {
  readonly id: Id;
  /** `held`: waits for a human; `published`: already in the directory. */
  readonly status: 'held' | 'published';
  /** Why it waits. */
  readonly reason: 'new-account' | 'reserved-name' | null;
}

export type CreateOrganizationRefusal = 'not-found' | 'already-there' | 'too-many-waiting';

/**
 * Describes an organisation. It is published at once, or held: a new account's first sheets, and any name that only
 * an authority or an organisation already there may bear, wait for a human of the territory.
 * `already-there` gives the `id` and `name` of the sheet that exists.
 */
export async function createOrganization(
  ctx: Context,
  request: CreateOrganizationRequest
): Promise<Verdict<CreatedOrganization, CreateOrganizationRefusal>> {
  return transaction(ctx, 'create-organization', async (tx, ledger) => {
    const { territoryId, fields } = request;
    if (!mayCreateSheet(ctx.actor) || !(await isOpenTerritory(tx, territoryId))) return refuse('not-found');
    const known = await findKnownSheet(tx, territoryId, fields);
    if (known && !request.isAnother) return refuse('already-there', { id: known.id, name: known.name });
    const reason = await reasonToHold(
      tx,
      ctx,
      territoryId,
      known !== undefined || reservedWordIn(fields.name) !== null
    );
    if (reason && (await hasTooManyWaiting(tx, ctx, territoryId))) {
      return refuse('too-many-waiting', { count: WAITING_SHEETS_MAX_COUNT });
    }
    const id = await insertOrganization(tx, ctx, request, reason);
    ledger.about('organization', id, territoryId, { status: reason ? 'held' : 'published', reason });
    return accept({ id, status: reason ? 'held' : 'published', reason });
  });
}

async function isOpenTerritory(tx: Tx, id: Id): Promise<boolean> {
  if (!isId(id)) return false;
  const row = await tx
    .selectFrom('territory')
    .select('id')
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

async function reasonToHold(
  tx: Tx,
  ctx: Context,
  territoryId: Id,
  nameIsTaken: boolean
): Promise<CreatedOrganization['reason']> {
  if (publishesAtOnce(ctx.actor, territoryId, !nameIsTaken)) return null;
  if (nameIsTaken) return 'reserved-name';
  const settings = await settingsInForce(tx, territoryId);
  return settings['review-new-accounts'] ? 'new-account' : null;
}

async function hasTooManyWaiting(tx: Tx, ctx: Context, territoryId: Id): Promise<boolean> {
  if (worksFor(ctx.actor, territoryId)) return false;
  const waiting = await tx
    .selectFrom('organization')
    .select('id')
    .where('territory_id', '=', territoryId)
    .where('created_by', '=', ctx.actor.accountId)
    .where('status', '=', 'held')
    .limit(WAITING_SHEETS_MAX_COUNT)
    .execute();
  return waiting.length >= WAITING_SHEETS_MAX_COUNT;
}

async function insertOrganization(
  tx: Tx,
  ctx: Context,
  { territoryId, fields, place }: CreateOrganizationRequest,
  reason: CreatedOrganization['reason']
): Promise<Id> {
  const columns = columnsOf(fields);
  const row = await tx
    .insertInto('organization')
    .values({
      ...columns,
      name: fields.name,
      territory_id: territoryId,
      status: reason ? 'held' : 'published',
      status_reason: reason,
      ...confirmedNow(fields.promiseMonths, ctx.now),
      created_by: ctx.actor.accountId,
      created_at: ctx.now,
      updated_at: ctx.now,
      published_at: reason ? null : ctx.now
    })
    .returning(['id', 'territory_id'])
    .executeTakeFirstOrThrow();
  await rememberFirstFields(tx, subjectOf('organization', row), columns, byHand(ctx));
  if (place && Object.values(place).some((value) => value !== null)) await insertPlace(tx, ctx, row, place);
  return row.id;
}

async function insertPlace(tx: Tx, ctx: Context, organization: { id: Id; territory_id: Id }, place: PlaceFields) {
  const columns = columnsOf(place);
  const row = await tx
    .insertInto('place')
    .values({ ...columns, territory_id: organization.territory_id, organization_id: organization.id })
    .returning(['id', 'territory_id', 'organization_id'])
    .executeTakeFirstOrThrow();
  await rememberFirstFields(tx, subjectOf('place', row), columns, byHand(ctx));
}
