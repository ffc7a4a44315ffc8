import { isDirectoryCursor } from '@terreau/features/directory/search-cursor.rules';
import { searchDirectory } from '@terreau/features/directory/search-directory.query';
import {
  findPublishedOrganization,
  listPublishedOrganizations,
  openTerritoryId,
  readPublishedOrganizations
} from '@terreau/features/directory/published-organizations.query';
import {
  listPublishedPlaces,
  listPublishedPosts,
  listPublishedServices,
  type PartListing,
  type PartPage
} from '@terreau/features/directory/published-parts.query';
import { listPublishedSupports, readPublishedSupports } from '@terreau/features/orientation/published-supports.query';
import { searchSupports } from '@terreau/features/orientation/search-supports.query';
import type { SupportKind } from '@terreau/features/orientation/support.schema';
import { openTerritories } from '@terreau/features/territories/open-territories.query';
import type { Context } from '@terreau/database/context';
import { isId, type Id } from '@terreau/kernel/ids';
import type { z } from 'zod';
import { openEndpoint, type Answer, type Asked } from './endpoint.ts';
import { Problem, wrongParameter } from './problems.ts';
import { noQuery, organizationsQuery, partsQuery, supportsQuery, territoriesQuery } from './schemas.ts';
import * as shapes from './shapes.ts';

/* The addresses of the open interface, each as what it reads and what it says. */

export const territoriesEndpoint = openEndpoint({
  query: territoriesQuery,
  async answer({ query, ctx, origin }) {
    const { items, next } = await openTerritories(ctx, query);
    return { body: { items: items.map((territory) => shapes.territoryShape(territory, origin)), next }, next };
  }
});

export const organizationsEndpoint = openEndpoint({
  query: organizationsQuery,
  media: ['application/json', 'application/geo+json'],
  async answer(asked) {
    const territoryId = await territoryOf(asked.ctx, asked.query.territory);
    if (territoryId instanceof Problem) return territoryId;
    const { q, near } = asked.query;
    return q?.trim() || near ? searched(asked, territoryId!) : listed(asked, territoryId);
  }
});

export const organizationEndpoint = openEndpoint({
  query: noQuery,
  media: ['application/json', 'application/geo+json'],
  async answer({ ctx, params, media, origin }) {
    const found = await findPublishedOrganization(ctx, params['organization'] ?? '');
    if (!found) return new Problem('not-found');
    if (found.kind === 'merged') return { movedTo: `/api/v1/organizations/${found.keptId}` };
    if (media === 'application/json') return { body: shapes.sheetShape(found.organization, origin) };
    return { body: shapes.organizationFeature(shapes.organizationShape(found.organization, origin)) };
  }
});

export const placesEndpoint = openEndpoint({
  query: partsQuery,
  media: ['application/json', 'application/geo+json'],
  answer: ({ query, ctx, media }) =>
    partsAnswer(ctx, query, listPublishedPlaces, (places, next) => {
      const items = places.map(shapes.placeShape);
      if (media === 'application/json') return { items, next };
      return { type: 'FeatureCollection', next, features: items.map(shapes.placeFeature) };
    })
});

export const servicesEndpoint = openEndpoint({
  query: partsQuery,
  answer: ({ query, ctx }) =>
    partsAnswer(ctx, query, listPublishedServices, (items, next) => ({ items: items.map(shapes.serviceShape), next }))
});

export const needsEndpoint = postsEndpoint('need');
export const offersEndpoint = postsEndpoint('offer');

function postsEndpoint(kind: 'need' | 'offer') {
  return openEndpoint({
    query: partsQuery,
    answer: ({ query, ctx }) =>
      partsAnswer(
        ctx,
        query,
        (context, listing) => listPublishedPosts(context, { ...listing, kind }),
        (items, next) => ({ items: items.map(shapes.postShape), next })
      )
  });
}

export const supportsEndpoint = openEndpoint({
  query: supportsQuery,
  async answer({ query, ctx, origin }) {
    const { q, after, limit } = query;
    const territoryId = await territoryOf(ctx, query.territory);
    if (territoryId instanceof Problem) return territoryId;
    const kinds = query.kind as SupportKind[] | undefined;
    if (!q?.trim()) {
      if (after !== undefined && !isId(after)) return wrongParameter('after');
      const page = await listPublishedSupports(ctx, { territoryId, kinds, after, limit });
      const items = page.items.map((support) => shapes.supportShape(support, origin));
      return { body: { items, next: page.next }, next: page.next };
    }
    if (after !== undefined && !isDirectoryCursor(after)) return wrongParameter('after');
    const found = await searchSupports(ctx, {
      territoryId: territoryId!,
      text: q,
      limit,
      ...(kinds ? { kinds } : {}),
      ...(after ? { after } : {})
    });
    const supports = await readPublishedSupports(
      ctx,
      found.items.map(({ id }) => id)
    );
    const items = supports.map((support) => shapes.supportShape(support, origin));
    return { body: { items, next: found.next }, next: found.next };
  }
});

export const supportEndpoint = openEndpoint({
  query: noQuery,
  async answer({ ctx, params, origin }) {
    const [support] = await readPublishedSupports(ctx, [(params['support'] ?? '') as Id]);
    return support ? { body: shapes.supportShape(support, origin) } : new Problem('not-found');
  }
});

/** Absent: every territory. A name that is no open territory's is a parameter to put right. */
async function territoryOf(ctx: Context, slug: string | undefined): Promise<Id | undefined | Problem> {
  if (slug === undefined) return undefined;
  return (await openTerritoryId(ctx, slug)) ?? wrongParameter('territory');
}

type AskedOrganizations = Asked<z.output<typeof organizationsQuery>>;

async function listed(asked: AskedOrganizations, territoryId: Id | undefined): Promise<Answer> {
  const { after, limit, theme, public: publics } = asked.query;
  if (after !== undefined && !isId(after)) return wrongParameter('after');
  const page = await listPublishedOrganizations(asked.ctx, { territoryId, themes: theme, publics, after, limit });
  return organizationsAnswer(asked, page.ids, page);
}

async function searched(asked: AskedOrganizations, territoryId: Id): Promise<Answer> {
  const { q, theme, public: publics, near, radius_km: radiusKm, after, limit } = asked.query;
  if (after !== undefined && !isDirectoryCursor(after)) return wrongParameter('after');
  const page = await searchDirectory(asked.ctx, {
    territoryId,
    limit,
    ...(q ? { text: q } : {}),
    ...(theme ? { themes: theme } : {}),
    ...(publics ? { publics } : {}),
    ...(near ? { near } : {}),
    ...(radiusKm === undefined ? {} : { radiusKm }),
    ...(after ? { after } : {})
  });
  const distances = new Map(page.items.map((item) => [item.organizationId, item.distanceKm]));
  return organizationsAnswer(asked, [...distances.keys()], page, distances);
}

async function organizationsAnswer(
  { ctx, media, origin }: AskedOrganizations,
  ids: readonly Id[],
  { next, total, totalIsExact }: { next: string | null; total: number; totalIsExact: boolean },
  distances?: ReadonlyMap<Id, number | null>
): Promise<Answer> {
  const found = await readPublishedOrganizations(ctx, ids);
  const items = found.map((organization) => shapes.organizationShape(organization, origin, distances));
  const counted = { total, total_is_exact: totalIsExact };
  if (media === 'application/json') return { body: { items, next, ...counted }, next };
  const features = items.map(shapes.organizationFeature);
  return { body: { type: 'FeatureCollection', next, ...counted, features }, next };
}

async function partsAnswer<Part>(
  ctx: Context,
  { territory, after, limit }: z.output<typeof partsQuery>,
  read: (ctx: Context, listing: PartListing) => Promise<PartPage<Part>>,
  shape: (items: readonly Part[], next: string | null) => unknown
): Promise<Answer> {
  const territoryId = await territoryOf(ctx, territory);
  if (territoryId instanceof Problem) return territoryId;
  if (after !== undefined && !isId(after)) return wrongParameter('after');
  const page = await read(ctx, { territoryId, after, limit });
  return { body: shape(page.items, page.next), next: page.next };
}
