import type { Tx } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import type { DB } from '@terreau/database/schema';
import type { Insertable } from 'kysely';
import type { Combined, CombinedPlace, CombinedPost, CombinedService, Group, GroupRow } from './import-groups.rules.ts';
import type { NeighbourhoodFinder } from './import-known.ts';
import { OWN_SOURCE } from './import-reconcile.rules.ts';

/** Rows written by one statement: bounds its parameters. */
const WRITTEN_TOGETHER_MAX_COUNT = 300;

export interface ImportWriting {
  readonly territoryId: Id;
  readonly source: string;
  readonly runId: Id;
  readonly startedBy: Id | null;
  readonly now: Instant;
  readonly neighbourhoodOf: NeighbourhoodFinder;
}

export interface ReadGroup {
  readonly group: Group;
  readonly combined: Combined;
}

/** Inserts new organisations with their places and services, a few statements for all. Published: they were already public. */
export async function insertGroups(tx: Tx, writing: ImportWriting, groups: readonly ReadGroup[]): Promise<void> {
  const places: Insertable<DB['place']>[] = [];
  const services: Insertable<DB['service']>[] = [];
  const links: Insertable<DB['service_place']>[] = [];
  const posts: Insertable<DB['post']>[] = [];
  const organizations = groups.map(({ group, combined }) => organizationRow(writing, group, combined));
  for (const { group, combined } of groups) {
    const placeIds = combined.places.map(() => newId());
    combined.places.forEach((place, position) =>
      places.push(placeRow(writing, group.id, place, placeIds[position]!, position))
    );
    combined.services.forEach((service, position) => {
      const id = newId();
      services.push(serviceRow(writing, group.id, service, id, position));
      for (const at of new Set(service.places)) links.push({ service_id: id, place_id: placeIds[at]! });
    });
    for (const post of combined.posts) posts.push(postRow(writing, group.id, post, newId()));
  }
  await insertAll(organizations, (rows) => tx.insertInto('organization').values(rows).execute());
  await insertAll(places, (rows) => tx.insertInto('place').values(rows).execute());
  await insertAll(services, (rows) => tx.insertInto('service').values(rows).execute());
  await insertAll(links, (rows) => tx.insertInto('service_place').values(rows).execute());
  await insertAll(posts, (rows) => tx.insertInto('post').values(rows).execute());
}

export interface SourceName {
  readonly organization_id: Id;
  readonly source: string;
  readonly source_id: string;
}

/**
 * Remembers under which names the producers know these organisations; a name already taken stays where it is.
 * Answers the new ones.
 */
export async function insertSources(
  tx: Tx,
  writing: ImportWriting,
  groups: readonly Group[]
): Promise<readonly SourceName[]> {
  const rows = groups.flatMap((group) =>
    group.rows.flatMap((row) =>
      row.keys.map((key) => ({ ...sourceColumns(writing.territoryId, key), organization_id: group.id }))
    )
  );
  const added: SourceName[] = [];
  await insertAll(rows, async (some) => {
    const names = await tx
      .insertInto('organization_source')
      .values(some.map((row) => ({ ...row, first_seen_at: writing.now })))
      .onConflict((conflict) => conflict.doNothing())
      .returning(['organization_id', 'source', 'source_id'])
      .execute();
    added.push(...names);
  });
  return added;
}

export function placeRow(
  writing: ImportWriting,
  organizationId: Id,
  place: CombinedPlace,
  id: Id,
  position: number
): Insertable<DB['place']> {
  return {
    ...place.values,
    id,
    territory_id: writing.territoryId,
    organization_id: organizationId,
    neighbourhood_id: neighbourhoodOf(writing, place),
    position,
    created_at: writing.now,
    updated_at: writing.now
  };
}

export function serviceRow(
  writing: ImportWriting,
  organizationId: Id,
  service: CombinedService,
  id: Id,
  position: number
): Insertable<DB['service']> {
  return {
    ...(service.values as { name: string }),
    id,
    territory_id: writing.territoryId,
    organization_id: organizationId,
    source: service.source,
    source_id: service.sourceId,
    position,
    created_at: writing.now,
    updated_at: writing.now
  };
}

/** Nobody in particular posted it: it came in a file. */
export function postRow(
  writing: ImportWriting,
  organizationId: Id,
  post: CombinedPost,
  id: Id
): Insertable<DB['post']> {
  return {
    ...(post.values as { kind: string; category: string; title: string; expires_on: string }),
    id,
    territory_id: writing.territoryId,
    organization_id: organizationId,
    posted_at: writing.now,
    state_changed_at: writing.now
  };
}

export function neighbourhoodOf(writing: ImportWriting, place: CombinedPlace): Id | null {
  return writing.neighbourhoodOf(place.neighbourhood, place.values['latitude'], place.values['longitude']);
}

/** The producer and its id, as shown on the sheet; ids made from words are ours and stay hidden. */
export function shownSource(
  rows: readonly GroupRow[],
  fileSource: string
): { source: string | null; source_id: string | null } {
  const keys = rows.flatMap((row) => row.keys).filter((key) => key.source !== OWN_SOURCE);
  const given = keys.find((key) => !key.sourceId.startsWith('row:'));
  // Our own export says itself where a sheet came from, if from anywhere.
  const stated = rows.map((row) => row.record.organization.source).find((source) => source !== null) ?? null;
  const otherwise = rows.some((row) => row.trusted) ? stated : fileSource;
  return { source: given?.source ?? keys[0]?.source ?? otherwise, source_id: given?.sourceId ?? null };
}

/** A file closes a sheet by saying that the organisation has ceased; nobody is deleted by a file. */
export const CLOSED_REASON = 'closed-in-register';

function organizationRow(writing: ImportWriting, group: Group, combined: Combined): Insertable<DB['organization']> {
  return {
    ...(combined.values as { name: string }),
    id: group.id,
    territory_id: writing.territoryId,
    ...shownSource(group.rows, writing.source),
    status: combined.isClosed ? 'hidden' : 'published',
    status_reason: combined.isClosed ? CLOSED_REASON : null,
    // Nobody has confirmed it yet: it comes from a file, and the sheet says so.
    confirmed_at: null,
    stale_at: null,
    created_by: writing.startedBy,
    created_at: writing.now,
    updated_at: writing.now,
    published_at: combined.isClosed ? null : writing.now
  };
}

function sourceColumns(territoryId: Id, key: { source: string; sourceId: string }) {
  return { territory_id: territoryId, source: key.source, source_id: key.sourceId };
}

async function insertAll<Row>(rows: readonly Row[], insert: (some: Row[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < rows.length; from += WRITTEN_TOGETHER_MAX_COUNT) {
    await insert(rows.slice(from, from + WRITTEN_TOGETHER_MAX_COUNT));
  }
}
