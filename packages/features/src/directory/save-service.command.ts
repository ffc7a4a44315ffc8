import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { ServiceFields } from './directory.schema.ts';
import { applyFields, rememberFirstFields } from './field-history.ts';
import { byHand, columnsOf, lockOwnOrganization, subjectOf } from './sheet-rows.ts';

export const SERVICES_MAX_COUNT = 100;

export interface SaveServiceRequest {
  readonly territoryId: Id;
  readonly organizationId: Id;
  /** The service to change, or null for a new one. */
  readonly serviceId: Id | null;
  readonly fields: ServiceFields;
  /** Where it is offered, among the organisation's places. */
  readonly placeIds: readonly Id[];
}

export type SaveServiceRefusal = 'not-found' | 'too-many-services' | 'place-unknown';

/** Adds a service to an organisation, or changes one, with the places where it is offered. */
export async function saveService(ctx: Context, request: SaveServiceRequest): Promise<Verdict<Id, SaveServiceRefusal>> {
  return transaction(ctx, 'save-service', async (tx, ledger) => {
    const organization = await lockOwnOrganization(tx, ctx, request.territoryId, request.organizationId);
    if (!organization) return refuse('not-found');
    if (!(await areOwnPlaces(tx, organization.id, request.placeIds))) return refuse('place-unknown');
    const saved =
      request.serviceId === null ? await insert(tx, ctx, request) : await change(tx, ctx, request, request.serviceId);
    if (!saved.ok) return saved;
    await offerAt(tx, saved.value, request.placeIds);
    ledger.about('service', saved.value, request.territoryId, { organizationId: organization.id });
    return saved;
  });
}

async function areOwnPlaces(tx: Tx, organizationId: Id, ids: readonly Id[]): Promise<boolean> {
  if (ids.length === 0) return true;
  if (!ids.every(isId)) return false;
  const own = await tx
    .selectFrom('place')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('id', 'in', [...ids])
    .execute();
  return own.length === new Set(ids).size;
}

async function insert(tx: Tx, ctx: Context, request: SaveServiceRequest): Promise<Verdict<Id, SaveServiceRefusal>> {
  const others = await tx
    .selectFrom('service')
    .select('position')
    .where('organization_id', '=', request.organizationId)
    .orderBy('position', 'desc')
    .limit(SERVICES_MAX_COUNT)
    .execute();
  if (others.length >= SERVICES_MAX_COUNT) return refuse('too-many-services', { count: SERVICES_MAX_COUNT });
  const columns = columnsOf(request.fields);
  const row = await tx
    .insertInto('service')
    .values({
      ...columns,
      name: request.fields.name,
      territory_id: request.territoryId,
      organization_id: request.organizationId,
      position: (others[0]?.position ?? -1) + 1
    })
    .returning(['id', 'territory_id', 'organization_id'])
    .executeTakeFirstOrThrow();
  await rememberFirstFields(tx, subjectOf('service', row), columns, byHand(ctx));
  return accept(row.id);
}

async function change(
  tx: Tx,
  ctx: Context,
  request: SaveServiceRequest,
  id: Id
): Promise<Verdict<Id, SaveServiceRefusal>> {
  if (!isId(id)) return refuse('not-found');
  const row = await tx
    .selectFrom('service')
    .selectAll()
    .where('id', '=', id)
    .where('organization_id', '=', request.organizationId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return refuse('not-found');
  await applyFields(tx, subjectOf('service', row), row, columnsOf(request.fields), byHand(ctx));
  return accept(row.id);
}

async function offerAt(tx: Tx, serviceId: Id, placeIds: readonly Id[]): Promise<void> {
  await tx.deleteFrom('service_place').where('service_id', '=', serviceId).execute();
  const rows = [...new Set(placeIds)].map((place_id) => ({ service_id: serviceId, place_id }));
  if (rows.length > 0) await tx.insertInto('service_place').values(rows).execute();
}
