import { reading } from '@terreau/database/transaction';
import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { expect, test } from 'vitest';
import { findTerritory } from '../territories/find-territory.query.ts';
import { portrait } from '../territories/portrait.query.ts';
import { readSettings } from '../territories/read-settings.query.ts';
import { demonstration } from './demonstration.ts';
import { seedDemonstration } from './seed-demonstration.command.ts';

const engine = await testDatabase();
const PASSWORD = 'valbrune-se-visite-librement';

test('Valbrune is made once, with its six neighbourhoods, its sheets in every state and an account for each role', async () => {
  const made = await seedDemonstration(operatorContext(engine), PASSWORD);
  expect(made).toMatchObject({ ok: true, value: { slug: 'valbrune' } });
  expect(await seedDemonstration(operatorContext(engine), PASSWORD)).toMatchObject({
    ok: false,
    code: 'already-there'
  });

  const visitor = contextFor(engine);
  const territory = await findTerritory(visitor, 'valbrune');
  expect(territory).toMatchObject({ name: 'Valbrune', isDemonstration: true });
  const settings = await readSettings(visitor, territory!.id);
  expect(settings.contact?.phone).toBe('04 65 71 00 10');

  const seen = await portrait(visitor, territory!.id);
  expect(seen.neighbourhoods).toHaveLength(6);
  expect(new Set(seen.priorityNeighbourhoods.map(({ vintage }) => vintage))).toEqual(new Set([2015, 2024]));
  const published = demonstration().organizations.filter(({ publication }) => publication === 'published').length;
  expect(seen.directory.organizations).toBe(published);
  expect(seen.directory.fresh).toBeLessThan(published);

  const roles = await reading(operatorContext(engine), (tx) =>
    tx.selectFrom('role_grant').select('role').distinct().execute()
  );
  expect(roles).toHaveLength(11);
});

test('only the operator makes it', async () => {
  expect(await seedDemonstration(contextFor(engine), PASSWORD)).toMatchObject({ ok: false, code: 'not-found' });
});
