import { contextFor, testDatabase } from '@terreau/database/testing';
import { expect, test } from 'vitest';
import * as v from 'valibot';
import { anAccount, must, sentMessages } from '../directory/directory.fixtures.ts';
import { bringNeighbour } from './bring-neighbour.command.ts';
import { bringNeighbourSchema } from './circle.schema.ts';
import { findDossier } from './find-dossier.query.ts';
import { hasDossiers } from './has-dossiers.query.ts';
import { joinCircles } from './join-circles.command.ts';
import { listWaitingPlaces } from './list-waiting-places.query.ts';
import { aDossier, inCircle } from './support.fixtures.ts';

const engine = await testDatabase(60);

const typed = (rest: Record<string, string> = {}) =>
  v.parse(bringNeighbourSchema, { name: 'Awa', role: 'carrier', informed: 'yes', ...rest });
const origin = 'https://terreau.example';

test('whoever carries a project brings in two neighbours by their first names alone', async () => {
  const accompanied = await aDossier(engine);
  const { territoryId, dossierId } = accompanied;
  const carrier = await inCircle(engine, accompanied, 'carrier');
  must(await bringNeighbour(carrier, { ...accompanied, fields: typed(), origin }));
  must(await bringNeighbour(carrier, { ...accompanied, fields: typed({ name: 'Marcel', role: 'member' }), origin }));
  const { circle } = (await findDossier(carrier, territoryId, dossierId))!;
  expect(circle.map(({ name, role, hasAccount }) => [name, role, hasAccount])).toEqual(
    expect.arrayContaining([
      ['Awa', 'carrier', false],
      ['Marcel', 'member', false]
    ])
  );
  const untold = typed({ informed: '' });
  expect(await bringNeighbour(carrier, { ...accompanied, fields: untold, origin })).toMatchObject({
    code: 'information-missing'
  });
  const observer = await inCircle(engine, accompanied, 'observer');
  expect(await bringNeighbour(observer, { ...accompanied, fields: typed(), origin })).toMatchObject({
    code: 'not-found'
  });
});

test('a neighbour with an address is written to without the name of the project, and joins with that address alone', async () => {
  const accompanied = await aDossier(engine);
  const { territoryId, dossierId, facilitator } = accompanied;
  const account = await anAccount(engine);
  must(await bringNeighbour(facilitator, { ...accompanied, fields: typed({ email: account.email }), origin }));
  const [mail] = await sentMessages(engine, account.email);
  expect(mail!.body_text).toContain(`${origin}/sign-up`);
  expect(`${mail!.subject} ${mail!.body_text}`).not.toContain('Un atelier de réparation');

  const neighbour = contextFor(engine, account);
  const stranger = contextFor(engine, await anAccount(engine));
  await prove(account.accountId!, false);
  // An address that was not proved opens nothing.
  expect(await listWaitingPlaces(neighbour, territoryId)).toEqual([]);
  expect(await hasDossiers(neighbour, territoryId)).toBe(false);
  expect(await joinCircles(neighbour, territoryId)).toMatchObject({ code: 'not-found' });
  await prove(account.accountId!, true);
  expect(await listWaitingPlaces(neighbour, territoryId)).toHaveLength(1);
  expect(await hasDossiers(neighbour, territoryId)).toBe(true);
  expect(await hasDossiers(stranger, territoryId)).toBe(false);
  expect(await joinCircles(stranger, territoryId)).toMatchObject({ code: 'not-found' });
  expect(await findDossier(neighbour, territoryId, dossierId)).toBeNull();
  expect(must(await joinCircles(neighbour, territoryId))).toBe(1);
  expect(await hasDossiers(neighbour, territoryId)).toBe(true);
  expect((await findDossier(neighbour, territoryId, dossierId))?.role).toBe('carrier');
  expect(await listWaitingPlaces(neighbour, territoryId)).toEqual([]);
});

async function prove(accountId: string, isProven: boolean): Promise<void> {
  await engine.db.updateTable('account').set({ email_verified: isProven }).where('id', '=', accountId).execute();
}
