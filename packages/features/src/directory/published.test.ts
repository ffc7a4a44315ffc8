import { onServer, contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { transaction, type Tx } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { accept } from '@terreau/kernel/verdict';
import { expect, test } from 'vitest';
import { countRequest } from '../accounts/count-request.command.ts';
import { addPost } from './add-post.command.ts';
import {
  aSheet,
  aStaffMember,
  aTerritory,
  anAccount,
  must,
  typedPlace,
  typedPost,
  typedService
} from './directory.fixtures.ts';
import { mergeOrganizations } from './merge-organizations.command.ts';
import {
  findPublishedOrganization,
  listPublishedOrganizations,
  openTerritoryId,
  readPublishedOrganizations
} from './published-organizations.query.ts';
import { listPublishedPlaces, listPublishedPosts, listPublishedServices } from './published-parts.query.ts';
import { savePlace } from './save-place.command.ts';
import { saveService } from './save-service.command.ts';

const engine = await testDatabase();
const visitor = contextFor(engine);
const operator = operatorContext(engine);

async function everyId(territoryId: Id, between: (page: number) => Promise<unknown>): Promise<Id[]> {
  const met: Id[] = [];
  let after: Id | undefined;
  for (let page = 0; page < 100; page += 1) {
    const { ids, next } = await listPublishedOrganizations(visitor, { territoryId, after, limit: 7 });
    met.push(...ids);
    if (next === null) return met;
    after = next;
    await between(page);
  }
  throw new Error('the pages never end');
}

test('while sheets come, change their name and go, whoever reads all pages meets each one that stays exactly once', async () => {
  const territoryId = await aTerritory(engine);
  const there: Id[] = [];
  for (let count = 0; count < 40; count += 1) there.push(await aSheet(engine, territoryId));
  const gone = new Set<Id>();
  const met = await everyId(territoryId, async (page) => {
    const changes = [
      () => aSheet(engine, territoryId),
      () => hide(there[page * 5 + 1]!, gone),
      () => rename(there[39 - page]!, `A ${page}`)
    ];
    if (onServer()) await Promise.all(changes.map((change) => change()));
    else for (const change of changes) await change();
  });
  expect(new Set(met).size).toBe(met.length);
  expect(there.filter((id) => !gone.has(id) && !met.includes(id))).toEqual([]);
  expect(met.filter((id) => gone.has(id) && there.indexOf(id) > 39)).toEqual([]);
});

test('what waits, is hidden or lies in another territory is in no list, and answers as if it did not exist', async () => {
  const territoryId = await aTerritory(engine);
  const newcomer = await anAccount(engine, 'new');
  const shown = await aSheet(engine, territoryId);
  const held = await aSheet(engine, territoryId, {}, newcomer);
  const hidden = await aSheet(engine, territoryId);
  const elsewhere = await aSheet(engine, await aTerritory(engine));
  for (const id of [shown, held, hidden]) await furnish(territoryId, id);
  await hide(hidden, new Set());
  expect((await listPublishedOrganizations(visitor, { territoryId, limit: 50 })).ids).toEqual([shown]);
  expect((await readPublishedOrganizations(visitor, [shown, held, hidden, elsewhere])).map(({ id }) => id)).toEqual([
    shown,
    elsewhere
  ]);
  for (const id of [held, hidden, newId(), 'nothing']) expect(await findPublishedOrganization(visitor, id)).toBeNull();
  const owners = async (page: Promise<{ items: readonly { organizationId: Id }[] }>) =>
    (await page).items.map((item) => item.organizationId);
  expect(await owners(listPublishedPlaces(visitor, { territoryId, limit: 50 }))).toEqual([shown]);
  expect(await owners(listPublishedServices(visitor, { territoryId, limit: 50 }))).toEqual([shown]);
  expect(await owners(listPublishedPosts(visitor, { territoryId, kind: 'need', limit: 50 }))).toEqual([shown]);
  expect(await owners(listPublishedPosts(visitor, { territoryId, kind: 'offer', limit: 50 }))).toEqual([]);
});

test('a territory that closes takes all that it published with it', async () => {
  const territoryId = await aTerritory(engine);
  const id = await aSheet(engine, territoryId);
  await furnish(territoryId, id);
  const { slug } = await engine.db
    .selectFrom('territory')
    .select('slug')
    .where('id', '=', territoryId)
    .executeTakeFirstOrThrow();
  expect(await openTerritoryId(visitor, slug)).toBe(territoryId);
  await engine.db.updateTable('territory').set({ closed_at: new Date() }).where('id', '=', territoryId).execute();
  expect(await openTerritoryId(visitor, slug)).toBeNull();
  expect((await listPublishedOrganizations(visitor, { territoryId, limit: 5 })).ids).toEqual([]);
  expect(await findPublishedOrganization(visitor, id)).toBeNull();
  expect((await listPublishedPlaces(visitor, { territoryId, limit: 5 })).items).toEqual([]);
});

test('the address of a sheet that was merged leads to the one that stands', async () => {
  const territoryId = await aTerritory(engine);
  const [kept, absorbed] = [await aSheet(engine, territoryId), await aSheet(engine, territoryId)];
  const coordinator = contextFor(engine, await aStaffMember(engine, territoryId, 'coordinator'));
  must(await mergeOrganizations(coordinator, { territoryId, keptId: kept, absorbedId: absorbed, choices: {} }));
  expect(await findPublishedOrganization(visitor, absorbed)).toEqual({ kind: 'merged', keptId: kept });
});

test('lists are filtered by theme and by public, of the sheet or of its services', async () => {
  const territoryId = await aTerritory(engine);
  const bySheet = await aSheet(engine, territoryId, { themes: ['mobilite--preparer-un-permis'], publics: ['jeunes'] });
  const byService = await aSheet(engine, territoryId);
  must(
    await saveService(operator, {
      territoryId,
      organizationId: byService,
      serviceId: null,
      fields: typedService({ themes: ['mobilite--preparer-un-permis'] }),
      placeIds: []
    })
  );
  await aSheet(engine, territoryId);
  const found = (filter: object) => listPublishedOrganizations(visitor, { territoryId, limit: 9, ...filter });
  expect((await found({ themes: ['mobilite--preparer-un-permis'] })).ids).toEqual([bySheet, byService]);
  expect((await found({ themes: ['mobilite--preparer-un-permis'], publics: ['jeunes'] })).ids).toEqual([bySheet]);
});

test('requests are counted per network, and the count begins again after its window', async () => {
  const now = new Date('2026-11-20T10:00:00Z');
  const first = await countRequest(engine, now, '2001:db8::1');
  expect(first).toMatchObject({ isAllowed: true, remaining: first.limit - 1, resetSeconds: 60 });
  await engine.db.updateTable('rate_limit').set({ hits: first.limit }).execute();
  const later = new Date(now.getTime() + 20_000);
  expect(await countRequest(engine, later, '2001:db8::2')).toMatchObject({
    isAllowed: false,
    remaining: 0,
    resetSeconds: 40
  });
  expect(await countRequest(engine, later, '192.0.2.7')).toMatchObject({ isAllowed: true });
  expect(await countRequest(engine, new Date(now.getTime() + 61_000), '2001:db8::1')).toMatchObject({
    isAllowed: true
  });
});

async function furnish(territoryId: Id, organizationId: Id): Promise<void> {
  const fields = typedPlace({ address: '1 rue du Four', postcode: '34000', city: 'Montpellier' });
  must(await savePlace(operator, { territoryId, organizationId, placeId: null, fields }));
  must(
    await saveService(operator, {
      territoryId,
      organizationId,
      serviceId: null,
      fields: typedService({}),
      placeIds: []
    })
  );
  must(await addPost(operator, { territoryId, organizationId, fields: typedPost({}) }));
}

async function hide(id: Id, gone: Set<Id>): Promise<void> {
  gone.add(id);
  await asOperator((tx) => tx.updateTable('organization').set({ status: 'hidden' }).where('id', '=', id).execute());
}

async function rename(id: Id, name: string): Promise<void> {
  await asOperator((tx) => tx.updateTable('organization').set({ name }).where('id', '=', id).execute());
}

async function asOperator(work: (tx: Tx) => Promise<unknown>): Promise<void> {
  await transaction(operator, 'prepare', async (tx) => {
    await work(tx);
    return accept();
  });
}
