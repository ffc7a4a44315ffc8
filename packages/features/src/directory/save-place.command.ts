import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { PlaceFields } from './directory.schema.ts';
import { applyFields, rememberFirstFields } from './field-history.ts';
import { byHand, columnsOf, lockOwnOrganization, subjectOf } from './sheet-rows.ts';

export const PLACES_MAX_COUNT = 50;

export interface SavePlaceRequest {
  readonly territoryId: Id;
  readonly organizationId: Id;
  /** The place to change, or null for a new one. */
  readonly placeId: Id | null;
  readonly fields: PlaceFields;
}

export type SavePlaceRefusal = 'not-found' | 'place-empty' | 'too-many-places' | 'neighbourhood-unknown';

/** Adds a place to an organisation, or changes one. */
export async function savePlace(ctx: Context, request: SavePlaceRequest): Promise<Verdict<Id, SavePlaceRefusal>> {
  return transaction(ctx, 'save-place', async (tx, ledger) => {
    const organization = await lockOwnOrganization(tx, ctx, request.territoryId, request.organizationId);
    if (!organization) return refuse('not-found');
    if (Object.values(request.fields).every((value) => value === null)) return refuse('place-empty');
    if (!(await isNeighbourhoodOf(tx, request.territoryId, request.fields.neighbourhoodId))) {
      return refuse('neighbourhood-unknown');
    }
    const saved =
      request.placeId === null ? await insert(tx, ctx, request) : await change(tx, ctx, request, request.placeId);
    if (saved.ok) ledger.about('place', saved.value, request.territoryId, { organizationId: request.organizationId });
    return saved;
  });
}

async function isNeighbourhoodOf(tx: Tx, territoryId: Id, id: Id | null): Promise<boolean> {
  if (id === null) return true;
  const found = await tx
    .selectFrom('neighbourhood')
    .select('id')
    .where('id', '=', id)
    .where('territory_id', '=', territoryId)
    .executeTakeFirst();
  return found !== undefined;
}

async function insert(tx: Tx, ctx: Context, request: SavePlaceRequest): Promise<Verdict<Id, SavePlaceRefusal>> {
  const others = await tx
    .selectFrom('place')
    .select('position')
    .where('organization_id', '=', request.organizationId)
    .orderBy('position', 'desc')
    .limit(PLACES_MAX_COUNT)
    .execute();
  if (others.length >= PLACES_MAX_COUNT) return refuse('too-many-places', { count: PLACES_MAX_COUNT });
  const columns = columnsOf(request.fields);
  const row = await tx
    .insertInto('place')
    .values({
      ...columns,
      territory_id: request.territoryId,
      organization_id: request.organizationId,
      position: (others[0]?.position ?? -1) + 1
    })
    .returning(['id', 'territory_id', 'organization_id'])
    .executeTakeFirstOrThrow();
  await rememberFirstFields(tx, subjectOf('place', row), columns, byHand(ctx));
  return accept(row.id);
}

async function change(tx: Tx, ctx: Context, request: SavePlaceRequest, id: Id): Promise<Verdict<Id, SavePlaceRefusal>> {
  if (!isId(id)) return refuse('not-found');
  const row = await tx
    .selectFrom('place')
    .selectAll()
    .where('id', '=', id)
    .where('organization_id', '=', request.organizationId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return refuse('not-found');
  await applyFields(tx, subjectOf('place', row), row, columnsOf(request.fields), byHand(ctx));
  return accept(row.id);
}
