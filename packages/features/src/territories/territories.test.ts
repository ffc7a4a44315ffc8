import { VISITOR, type Actor } from '@terreau/database/context';
import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { reading, transaction } from '@terreau/database/transaction';
import { newId } from '@terreau/kernel/ids';
import { accept } from '@terreau/kernel/verdict';
import { expect, test } from 'vitest';
import { changeSetting } from './change-setting.command.ts';
import { createTerritory } from './create-territory.command.ts';
import { drawNeighbourhoods } from './draw-neighbourhoods.command.ts';
import { findTerritory } from './find-territory.query.ts';
import { listTerritories } from './list-territories.query.ts';
import { readSettings, settingHistory } from './read-settings.query.ts';

const engine = await testDatabase();
const operator = operatorContext(engine);
const coordinatorOf = (territoryId: string): Actor => ({
  ...VISITOR,
  accountId: null,
  grants: [{ role: 'coordinator', territoryId, organizationId: null }]
});

test('Montpellier is made from its official code, with its inhabitants and its address', async () => {
  expect(await createTerritory(operator, { name: 'Montpellier', communes: ['34172'] })).toMatchObject({
    ok: true,
    value: { slug: 'montpellier', communes: 1 }
  });
  const found = (await listTerritories(contextFor(engine))).find(({ slug }) => slug === 'montpellier');
  expect(found?.population).toBeGreaterThan(250_000);
});

test('a territory overseas lives at its own hours; a grouping brings all its communes', async () => {
  await createTerritory(operator, { name: 'Mayotte', departements: ['976'] });
  expect((await findTerritory(contextFor(engine), 'mayotte'))?.timeZone).toBe('Indian/Mayotte');
  const metropole = await createTerritory(operator, { name: 'La métropole', epcis: ['243400017'] });
  expect(metropole).toMatchObject({ ok: true, value: { slug: 'la-metropole', communes: 31 } });
});

test('what cannot be a territory is refused with its reason', async () => {
  const attempts = {
    'area-missing': { name: 'Nulle part' },
    'area-unknown': { name: 'Inconnue', communes: ['99999'] },
    'name-missing': { name: '  ', communes: ['34172'] },
    'slug-invalid': { name: 'Admin', communes: ['34172'] },
    'slug-taken': { name: 'Mayotte', communes: ['34172'] },
    'time-zone-unknown': { name: 'Ailleurs', communes: ['34172'], timeZone: 'Europe/Nowhere' }
  };
  for (const [code, request] of Object.entries(attempts)) {
    expect(await createTerritory(operator, request), code).toMatchObject({ ok: false, code });
  }
  expect(await createTerritory(contextFor(engine), { name: 'X', communes: ['34172'] })).toMatchObject({
    code: 'not-found'
  });
});

test('a setting is changed by the coordination only, and its history keeps the value before and the reason', async () => {
  const made = await createTerritory(operator, { name: 'Réglages', communes: ['34172'] });
  if (!made.ok) throw new Error(made.code);
  const territoryId = made.value.id;
  const coordinator = contextFor(engine, coordinatorOf(territoryId));
  const request = { territoryId, key: 'answer-within-working-days', value: 3, reason: 'Nous sommes deux de plus.' };
  expect(await changeSetting(contextFor(engine), request)).toMatchObject({ code: 'not-found' });
  expect(await changeSetting(contextFor(engine, coordinatorOf(newId())), request)).toMatchObject({ code: 'not-found' });
  expect(await changeSetting(coordinator, { ...request, value: 0 })).toMatchObject({ code: 'invalid-setting' });
  expect(await changeSetting(coordinator, { ...request, key: 'unknown' })).toMatchObject({ code: 'unknown-setting' });
  expect(await changeSetting(coordinator, request)).toMatchObject({ ok: true });
  expect(await changeSetting(coordinator, { ...request, value: 4, reason: undefined })).toMatchObject({ ok: true });
  expect((await readSettings(contextFor(engine), territoryId))['answer-within-working-days']).toBe(4);
  expect(await settingHistory(coordinator, territoryId)).toMatchObject([
    { value: 4 },
    { value: 3, reason: 'Nous sommes deux de plus.' }
  ]);
});

test('neighbourhoods drawn later tell each place where it lies; an outline in metres is refused, never misplaced', async () => {
  const made = await createTerritory(operator, { name: 'Dessin', communes: ['34172'] });
  if (!made.ok) throw new Error(made.code);
  const territoryId = made.value.id;
  const organization = newId();
  await transaction(operator, 'prepare', async (tx) => {
    await tx.insertInto('organization').values({ id: organization, territory_id: territoryId, name: 'Ici' }).execute();
    const place = { territory_id: territoryId, organization_id: organization, latitude: 43.61, longitude: 3.87 };
    await tx.insertInto('place').values(place).execute();
    return accept();
  });
  const square = (west: number, south: number, side: number) => ({
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [west + side, south],
        [west + side, south + side],
        [west, south + side],
        [west, south]
      ]
    ]
  });
  const draw = (outline: unknown) =>
    drawNeighbourhoods(operator, {
      territoryId,
      neighbourhoods: [{ slug: 'centre', name: 'Centre', outline }],
      source: 'test'
    });
  expect(await draw(square(770_000, 6_279_000, 500))).toMatchObject({ ok: false, code: 'not-wgs84' });
  expect(await draw(square(3.8, 43.6, 0.1))).toMatchObject({ ok: true, value: { drawn: 1, placesLocated: 1 } });
  const place = await reading(operator, (tx) =>
    tx
      .selectFrom('place')
      .select('neighbourhood_id')
      .where('organization_id', '=', organization)
      .executeTakeFirstOrThrow()
  );
  expect(place.neighbourhood_id).not.toBeNull();
});
