import { describe, expect, inject, test } from 'vitest';
import {
  OrganizationFeatures,
  OrganizationPage,
  OrganizationSheet,
  PlaceFeatures,
  PlacePage
} from '../src/lib/server/api/schemas.ts';
import { NeedPage, OfferPage, ProblemDocument, ServicePage, TerritoryPage } from '../src/lib/server/api/schemas.ts';

/* The contract of the open interface, held against the running site: what the schemas say is what is answered. */

const api = `${inject('siteOrigin')}/api/v1`;
const V = 'territory=valbrune';

async function read(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${api}/${path}`, { headers, redirect: 'manual' });
  const text = await response.text();
  return {
    response,
    status: response.status,
    headers: response.headers,
    body: text === '' ? null : (JSON.parse(text) as never)
  };
}

describe('what is answered is what the schemas say', () => {
  const addresses = {
    territories: TerritoryPage,
    [`organizations?${V}&limit=100`]: OrganizationPage,
    [`organizations?${V}&q=repas`]: OrganizationPage,
    [`organizations?${V}&near=46.65,2.69&radius_km=3`]: OrganizationPage,
    [`services?${V}&limit=100`]: ServicePage,
    [`places?${V}&limit=100`]: PlacePage,
    [`needs?${V}&limit=100`]: NeedPage,
    [`offers?${V}&limit=100`]: OfferPage
  };
  test.each(Object.entries(addresses))('%s', async (path, schema) => {
    const { status, headers, body } = await read(path);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json');
    const checked = schema.parse(body);
    expect(checked.items.length).toBeGreaterThan(0);
    expect(checked).toEqual(body);
  });

  test('an organisation alone, and the same as GeoJSON', async () => {
    const { body } = await read(`organizations?${V}&limit=1`);
    const [first] = OrganizationPage.parse(body).items;
    expect(OrganizationSheet.parse((await read(`organizations/${first!.id}`)).body).name).toBe(first!.name);
    const geo = { accept: 'application/geo+json' };
    const { body: features, headers } = await read(`organizations?${V}&limit=100`, geo);
    expect(headers.get('content-type')).toBe('application/geo+json');
    expect(OrganizationFeatures.parse(features).features.length).toBe(100);
    expect(PlaceFeatures.parse((await read(`places?${V}`, geo)).body).features.length).toBe(20);
  });
});

test('no page holds a mobile number or a mailbox in somebody’s name', async () => {
  for (const list of ['organizations', 'services']) {
    for await (const item of everyItem(`${list}?${V}&limit=50`)) {
      expect(item.phone ?? '').not.toMatch(/^(0|\+33 ?)[67]/);
      expect(item.email ?? '').not.toMatch(/^[a-z]+\.[a-z]+@(gmail|orange|free|laposte)/);
    }
  }
});

test('all pages of every list together hold each item once, by the Link header', async () => {
  for (const query of [
    `organizations?${V}&limit=9`,
    `services?${V}&limit=9`,
    `organizations?${V}&q=association&limit=9`,
    `organizations?${V}&near=46.65,2.69&limit=9`
  ]) {
    const ids: string[] = [];
    for await (const item of everyItem(query)) ids.push(item.id);
    expect(new Set(ids).size, query).toBe(ids.length);
    expect(ids.length, query).toBeGreaterThan(9);
  }
});

describe('what is wrong is said as a problem document that names it', () => {
  test.each<[string, number, string | null]>([
    ['organizations?limit=0', 400, 'limit'],
    ['organizations?limit=many', 400, 'limit'],
    ['organizations?q=repas', 400, 'territory'],
    [`organizations?${V}&near=here`, 400, 'near'],
    [`organizations?${V}&near=91,2`, 400, 'near'],
    [`organizations?${V}&radius_km=2`, 400, 'near'],
    [`organizations?${V}&q=repas&after=zzz`, 400, 'after'],
    [`organizations?${V}&after=zzz`, 400, 'after'],
    ['services?territory=nowhere-at-all', 400, 'territory'],
    ['places?colour=blue', 400, 'colour'],
    ['organizations/01a2061a-0000-7000-8000-000000000000', 404, null],
    ['organizations/zzz', 404, null],
    ['nothing/at/all', 404, null]
  ])('%s → %i %s', async (path, status, parameter) => {
    const answer = await read(path);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    const problem = ProblemDocument.parse(answer.body);
    expect(problem.status).toBe(status);
    expect(problem.errors?.map((error) => error.parameter) ?? null).toEqual(parameter === null ? null : [parameter]);
  });

  test('words beyond measure are refused before they are searched', async () => {
    const { status, body } = await read(`organizations?${V}&q=${'x'.repeat(5000)}`);
    expect([status, ProblemDocument.parse(body).errors?.[0]?.parameter]).toEqual([400, 'q']);
  });

  test('a media type that is not offered, a method that writes, in the reader’s language', async () => {
    expect(await read('needs', { accept: 'application/geo+json' })).toMatchObject({ status: 406 });
    expect((await read('needs?limit=0', { 'accept-language': 'en' })).body).toMatchObject({
      title: 'A parameter is to be put right'
    });
    const written = await fetch(`${api}/needs`, { method: 'POST', headers: { 'content-type': 'application/json' } });
    expect([written.status, written.headers.get('allow'), written.headers.get('content-type')]).toEqual([
      405,
      'GET, HEAD, OPTIONS',
      'application/problem+json'
    ]);
  });
});

test('a page that did not change costs nothing: strong tags, one per encoding', async () => {
  const path = `organizations?${V}&limit=20`;
  const plain = await read(path, { 'accept-encoding': 'identity' });
  const packed = await read(path, { 'accept-encoding': 'gzip' });
  const tags = [plain, packed].map(({ headers }) => headers.get('etag') ?? '');
  expect(tags[0]).toMatch(/^"[\w-]+"$/);
  expect(tags[1]).toMatch(/^"[\w-]+"$/);
  expect(tags[0]).not.toBe(tags[1]);
  expect(packed.headers.get('content-encoding')).toBe('gzip');
  expect(packed.body).toEqual(plain.body);
  const again = await read(path, { 'accept-encoding': 'gzip', 'if-none-match': `"other", ${tags[1]}` });
  expect([again.status, again.body, again.headers.get('etag')]).toEqual([304, null, tags[1]]);
  expect((await read(path, { 'accept-encoding': 'gzip', 'if-none-match': tags[0]! })).status).toBe(200);
});

test('any site may read it, and everybody is told what is left of their requests', async () => {
  const { headers } = await read('territories', { origin: 'https://elsewhere.example' });
  expect(headers.get('access-control-allow-origin')).toBe('*');
  expect(headers.get('ratelimit-policy')).toBe('"address";q=600;w=60');
  const left = (one: Headers) => Number(/r=(\d+);t=\d+/.exec(one.get('ratelimit') ?? '')?.[1]);
  expect(left((await read('territories')).headers)).toBeLessThan(left(headers));
  const preflight = await fetch(`${api}/territories`, {
    method: 'OPTIONS',
    headers: { origin: 'https://elsewhere.example' }
  });
  expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([
    204,
    'GET, HEAD, OPTIONS'
  ]);
});

test('the description is served, and names every address that answers', async () => {
  const { body } = await read('openapi.json');
  const { openapi, paths } = body as unknown as { openapi: string; paths: Record<string, unknown> };
  expect(openapi).toBe('3.1.0');
  for (const path of Object.keys(paths).filter((one) => !one.includes('{'))) {
    expect((await read(path.replace('/api/v1/', ''))).status, path).toBe(200);
  }
});

interface Item {
  readonly id: string;
  readonly phone?: string | null;
  readonly email?: string | null;
}

async function* everyItem(path: string): AsyncGenerator<Item> {
  let address: string | null = `${api}/${path}`;
  for (let page = 0; address !== null && page < 200; page += 1) {
    const response: Response = await fetch(address);
    expect(response.status).toBe(200);
    const { items } = (await response.json()) as { items: Item[] };
    yield* items;
    address = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1] ?? null;
  }
}
