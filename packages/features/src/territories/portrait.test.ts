import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { transaction } from '@terreau/database/transaction';
import { accept } from '@terreau/kernel/verdict';
import { expect, test } from 'vitest';
import { aSheet, aTerritory } from '../directory/directory.fixtures.ts';
import { portrait } from './portrait.query.ts';

const engine = await testDatabase();

const figure = (territory_id: string, code: string, as_of: string, value: number | null, position: number) => ({
  territory_id,
  code,
  as_of,
  value,
  missing_reason: value === null ? 'statistical-secrecy' : null,
  label_fr: code,
  label_en: code,
  unit: 'percent',
  source: 'Insee',
  position
});

test('support comes before poverty, the newest vintage of a figure is shown, and a missing one says why', async () => {
  const territoryId = await aTerritory(engine);
  await engine.db
    .insertInto('figure')
    .values([
      figure(territoryId, 'poverty-rate', '2020', 30, 0),
      figure(territoryId, 'poverty-rate', '2021', null, 0),
      figure(territoryId, 'no-car', '2021', 12, 1),
      figure(territoryId, 'support-hours', '2025', 210, 2)
    ])
    .execute();
  const { territory } = await portrait(contextFor(engine), territoryId);
  expect(territory.figures.map(({ code, asOf, value, missingReason }) => [code, asOf, value, missingReason])).toEqual([
    ['support-hours', '2025', 210, null],
    ['no-car', '2021', 12, null],
    ['poverty-rate', '2021', null, 'statistical-secrecy']
  ]);
});

test('the directory is counted with its denominators: published, confirmed in time, on the map', async () => {
  const territoryId = await aTerritory(engine);
  const now = operatorContext(engine).now;
  const [fresh, stale] = [await aSheet(engine, territoryId), await aSheet(engine, territoryId)];
  await transaction(operatorContext(engine), 'prepare', async (tx) => {
    const stale_at = new Date(now.getTime() - 1000);
    await tx.updateTable('organization').set({ stale_at }).where('id', '=', stale).execute();
    return accept();
  });
  await engine.db
    .insertInto('place')
    .values([
      { territory_id: territoryId, organization_id: fresh, latitude: 43.6, longitude: 3.9 },
      { territory_id: territoryId, organization_id: fresh, latitude: 43.7, longitude: 3.9 },
      { territory_id: territoryId, organization_id: stale }
    ])
    .execute();
  expect((await portrait(contextFor(engine), territoryId)).directory).toMatchObject({
    organizations: 2,
    fresh: 1,
    located: 1
  });
});
