import { testDatabase, contextFor } from '@terreau/database/testing';
import { expect, test } from 'vitest';
import { searchDirectory } from './search-directory.query.ts';
import { aTerritory, anOrganization } from './search-directory.fixtures.ts';

const engine = await testDatabase();

test('a sheet is found without its accents, in the plural, and by a word of its services', async () => {
  const territoryId = await aTerritory(engine);
  const id = await anOrganization(engine, territoryId, {
    name: 'Médiathèque Émile-Zola',
    services: ['Ateliers d’écriture']
  });
  await anOrganization(engine, territoryId, { name: 'Judo club' });
  for (const text of ['mediatheque', 'MÉDIATHÈQUES', 'emile zola', 'atelier écriture', 'ateliers d’écritures']) {
    const page = await searchDirectory(contextFor(engine), { territoryId, text });
    expect(
      page.items.map((item) => item.organizationId),
      text
    ).toEqual([id]);
  }
});
