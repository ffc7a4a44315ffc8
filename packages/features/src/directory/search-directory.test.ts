import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { transaction } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { accept } from '@terreau/kernel/verdict';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { changeSetting } from '../territories/change-setting.command.ts';
import { aTerritory, anOrganization, type SheetOfTest } from './search-directory.fixtures.ts';
import { searchDirectory, type DirectorySearch } from './search-directory.query.ts';

const engine = await testDatabase();

async function names(territoryId: Id, search: Omit<DirectorySearch, 'territoryId'> | string): Promise<string[]> {
  const asked = typeof search === 'string' ? { text: search } : search;
  const page = await searchDirectory(contextFor(engine), { territoryId, ...asked });
  return page.items.map((item) => item.name);
}

async function setState(id: Id, status: 'hidden' | 'published' | 'held') {
  await transaction(operatorContext(engine), 'prepare', async (tx) => {
    await tx.updateTable('organization').set({ status }).where('id', '=', id).execute();
    return accept(null);
  });
}

describe('search as people speak', () => {
  let territoryId: Id;
  const sheets: SheetOfTest[] = [
    { name: 'Médiathèque Émile-Zola', services: ['Ateliers d’écriture'] },
    {
      name: 'Centre communal d’action sociale',
      acronym: 'C.C.A.S.',
      services: ['Écrivain public', 'Accompagnement administratif']
    },
    { name: 'La Pédale douce', description: 'On répare ensemble, le samedi.', services: ['Réparation de vélos'] },
    { name: 'Studios du Viaduc', services: ['Salle de répétition'], offers: ['Prêt d’une sonorisation'] },
    {
      name: 'Les Cuisines d’ici',
      services: ['Formation de cuisinier·ère·s'],
      needs: ['Un congélateur pour les colis']
    },
    { name: 'Éducatrices de rue', description: 'Une équipe au coin des immeubles.' },
    { name: 'Hip-hop citoyen' },
    { name: 'Judo club de Valbrune', themes: ['mobilite--apprendre-a-utiliser-un-deux-roues'] }
  ];
  beforeAll(async () => {
    territoryId = await aTerritory(engine);
    for (const sheet of sheets) await anOrganization(engine, territoryId, sheet);
  });

  test.each([
    ['mediatheque', 'Médiathèque Émile-Zola', 'without accents'],
    ['MÉDIATHÈQUES', 'Médiathèque Émile-Zola', 'in capitals, in the plural'],
    ['emile zola', 'Médiathèque Émile-Zola', 'by a part of the name'],
    ['atelier écriture', 'Médiathèque Émile-Zola', 'by a service'],
    ['média', 'Médiathèque Émile-Zola', 'by the beginning of the last word'],
    ['ccas', 'Centre communal d’action sociale', 'by its sigle'],
    ['C.C.A.S', 'Centre communal d’action sociale', 'by its sigle with points'],
    ['CCAS de la ville', 'Centre communal d’action sociale', 'by its sigle among other words'],
    ['mes papiers', 'Centre communal d’action sociale', 'by what people call paperwork'],
    ['bicyclette', 'La Pédale douce', 'by a synonym'],
    ['réparer mon vélo', 'La Pédale douce', 'by a sentence of everyday'],
    ['local pour répéter', 'Studios du Viaduc', 'by what it is for'],
    ['cuisinière', 'Les Cuisines d’ici', 'in the feminine, from inclusive writing'],
    ['cuisiniers / cuisinières', 'Les Cuisines d’ici', 'with a slash'],
    ['cuisinier(ère)s', 'Les Cuisines d’ici', 'with brackets'],
    ['éducateur', 'Éducatrices de rue', 'in the masculine'],
    ['hiphop', 'Hip-hop citoyen', 'written in one word'],
    ['hip hop', 'Hip-hop citoyen', 'written in two words'],
    ['deux-roues', 'Judo club de Valbrune', 'by the label of a theme']
  ])('"%s" finds %s: %s', async (text, name) => {
    expect((await names(territoryId, text))[0]).toBe(name);
  });

  test('a craft is found by who does it, where it is done and what is done, and by nothing that only begins like it', async () => {
    const crafts = await aTerritory(engine);
    for (const name of ['Menuisiers solidaires', 'Jardinage au pied des tours', 'Coiffeuse à domicile', 'Courage !']) {
      await anOrganization(engine, crafts, { name });
    }
    expect(await names(crafts, 'menuiserie')).toEqual(['Menuisiers solidaires']);
    expect(await names(crafts, 'jardinier')).toEqual(['Jardinage au pied des tours']);
    expect(await names(crafts, 'coiffure')).toEqual(['Coiffeuse à domicile']);
    expect(await names(crafts, 'cours')).toEqual([]);
  });

  test('a typing error is corrected, and said', async () => {
    const page = await searchDirectory(contextFor(engine), { territoryId, text: 'mediateque' });
    expect(page.items[0]?.name).toBe('Médiathèque Émile-Zola');
    expect(page.correctedText).toBe('médiathèque');
  });

  test('a text that needs no correction says none', async () => {
    const page = await searchDirectory(contextFor(engine), { territoryId, text: 'judo' });
    expect(page).toMatchObject({ total: 1, totalIsExact: true, correctedText: null, next: null });
  });

  test('each sheet says which of its parts matched', async () => {
    const matched = async (text: string) =>
      (await searchDirectory(contextFor(engine), { territoryId, text })).items[0]?.matched;
    expect(await matched('judo')).toEqual(['name']);
    expect(await matched('répétition')).toEqual(['service']);
    expect(await matched('congélateur')).toEqual(['need']);
    expect(await matched('sonorisation')).toEqual(['offer']);
    expect(await matched('immeubles')).toEqual(['description']);
    expect(await matched('deux-roues')).toEqual(['theme']);
  });

  test('a need is not found by the words of an offer', async () => {
    expect(await names(territoryId, { text: 'congélateur', kinds: ['need'] })).toEqual(['Les Cuisines d’ici']);
    expect(await names(territoryId, { text: 'congélateur', kinds: ['offer'] })).toEqual([]);
    expect(await names(territoryId, { kinds: ['offer'] })).toEqual(['Studios du Viaduc']);
    expect(await names(territoryId, { text: 'vélo', kinds: ['service'] })).toEqual(['La Pédale douce']);
  });

  test('a word that nobody wrote finds nothing, rather than everything', async () => {
    expect(await names(territoryId, 'xqzwvk')).toEqual([]);
    expect(await names(territoryId, '« ? »')).toEqual([]);
  });

  test('without words, all sheets come in the order of their names', async () => {
    expect(await names(territoryId, {})).toHaveLength(sheets.length);
    expect((await names(territoryId, {}))[0]).toBe('Centre communal d’action sociale');
  });

  test('another territory shares nothing', async () => {
    const elsewhere = await aTerritory(engine);
    expect(await names(elsewhere, 'judo')).toEqual([]);
    expect(await names(elsewhere, {})).toEqual([]);
  });
});

describe('what a territory says in its own way', () => {
  const own = [
    {
      word: 'la gratuiterie',
      synonyms: ['donnerie', 'coin des trucs'],
      themes: ['equipement-et-alimentation--electromenager']
    }
  ];
  async function aTerritoryThatSays(words: unknown) {
    const territoryId = await aTerritory(engine);
    await anOrganization(engine, territoryId, { name: 'Donnerie des Aubes' });
    await anOrganization(engine, territoryId, {
      name: 'Atelier Volta',
      themes: ['equipement-et-alimentation--electromenager']
    });
    await anOrganization(engine, territoryId, { name: 'Chorale du canal' });
    await changeSetting(operatorContext(engine), { territoryId, key: 'local-words', value: words });
    return territoryId;
  }

  test('a word of the place finds what its synonyms and its themes find', async () => {
    const territoryId = await aTerritoryThatSays(own);
    expect(await names(territoryId, 'gratuiterie')).toEqual(['Donnerie des Aubes', 'Atelier Volta']);
    expect(await names(territoryId, 'coin à trucs')).toEqual(['Donnerie des Aubes', 'Atelier Volta']);
    expect(await names(territoryId, 'le coin')).toEqual([]);
  });

  test('it is understood there and nowhere else, and no more once the coordination took it back', async () => {
    const territoryId = await aTerritoryThatSays(own);
    expect(await names(await aTerritoryThatSays([]), 'la gratuiterie')).toEqual([]);
    await changeSetting(operatorContext(engine), { territoryId, key: 'local-words', value: [] });
    expect(await names(territoryId, 'la gratuiterie')).toEqual([]);
  });
});

describe('what is not public', () => {
  test('drafts, held and hidden sheets are never found, by nobody', async () => {
    const territoryId = await aTerritory(engine);
    for (const status of ['draft', 'held', 'hidden'] as const) {
      await anOrganization(engine, territoryId, { name: `Escalade ${status}`, status, services: ['Escalade'] });
    }
    for (const ctx of [contextFor(engine), operatorContext(engine)]) {
      for (const search of [{ text: 'escalade' }, {}]) {
        expect((await searchDirectory(ctx, { territoryId, ...search })).total).toBe(0);
      }
    }
  });

  test('a sheet disappears with the commit that hides it, its words with it, and comes back with the one that restores it', async () => {
    const territoryId = await aTerritory(engine);
    const id = await anOrganization(engine, territoryId, { name: 'Troglodyte savant' });
    await setState(id, 'hidden');
    expect(await names(territoryId, 'troglodyte')).toEqual([]);
    const { rows } = await engine.pool.query(`select from search_word where word = 'troglodyte'`);
    expect(rows).toHaveLength(0);
    await setState(id, 'published');
    expect(await names(territoryId, 'troglodyte')).toEqual(['Troglodyte savant']);
  });

  test('a service is found from the commit that writes it to the one that deletes it', async () => {
    const territoryId = await aTerritory(engine);
    const id = await anOrganization(engine, territoryId, { name: 'Maison commune', services: ['Poterie'] });
    expect(await names(territoryId, 'poterie')).toEqual(['Maison commune']);
    await transaction(operatorContext(engine), 'prepare', async (tx) => {
      await tx.deleteFrom('service').where('organization_id', '=', id).execute();
      return accept(null);
    });
    expect(await names(territoryId, 'poterie')).toEqual([]);
  });

  test('an offer that is fulfilled is found no more', async () => {
    const territoryId = await aTerritory(engine);
    const id = await anOrganization(engine, territoryId, { name: 'Maison commune', offers: ['Une bétonnière'] });
    expect(await names(territoryId, 'bétonnière')).toEqual(['Maison commune']);
    await transaction(operatorContext(engine), 'prepare', async (tx) => {
      await tx.updateTable('post').set({ state: 'fulfilled' }).where('organization_id', '=', id).execute();
      return accept(null);
    });
    expect(await names(territoryId, 'bétonnière')).toEqual([]);
  });

  test('the app can read the index and never write it', async () => {
    const attempt = transaction(operatorContext(engine), 'prepare', async (tx) => {
      await tx.deleteFrom('search_document').execute();
      return accept(null);
    });
    await expect(attempt).rejects.toThrow(/permission denied/);
  });
});

describe('filters and distance', () => {
  let territoryId: Id;
  let neighbourhoodId: Id;
  const centre = { latitude: 43.61, longitude: 3.87 };
  beforeAll(async () => {
    territoryId = await aTerritory(engine);
    neighbourhoodId = newId();
    await transaction(operatorContext(engine), 'prepare', async (tx) => {
      await tx
        .insertInto('neighbourhood')
        .values({ id: neighbourhoodId, territory_id: territoryId, slug: 'les-aubes', name: 'Les Aubes' })
        .execute();
      return accept(null);
    });
    await anOrganization(engine, territoryId, {
      name: 'Danse ici',
      themes: ['sante--acces-aux-soins'],
      places: [{ ...centre, neighbourhoodId }]
    });
    await anOrganization(engine, territoryId, {
      name: 'Danse plus loin',
      publics: ['jeunes'],
      places: [
        { latitude: 43.7, longitude: 3.87 },
        { latitude: 43.62, longitude: 3.87 }
      ]
    });
    await anOrganization(engine, territoryId, { name: 'Danse nulle part' });
  });

  test('by theme, by public, by neighbourhood', async () => {
    expect(await names(territoryId, { themes: ['sante--acces-aux-soins', 'famille--garde-denfants'] })).toEqual([
      'Danse ici'
    ]);
    expect(await names(territoryId, { publics: ['jeunes'], text: 'danse' })).toEqual(['Danse plus loin']);
    expect(await names(territoryId, { neighbourhoodId })).toEqual(['Danse ici']);
    expect(await names(territoryId, { text: 'aubes' })).toEqual(['Danse ici']);
  });

  test('by priority neighbourhood, as drawn for its vintage: a hole is outside, an island in it is inside', async () => {
    const square = (west: number, south: number, side: number) => [
      [west, south],
      [west + side, south],
      [west + side, south + side],
      [west, south + side],
      [west, south]
    ];
    const outlines = {
      2015: { type: 'Polygon', coordinates: [square(3.86, 43.6, 0.025)] },
      2024: {
        type: 'MultiPolygon',
        coordinates: [[square(3.86, 43.6, 0.025), square(3.865, 43.605, 0.01)], [square(3.869, 43.609, 0.002)]]
      }
    };
    const drawn = async (coordinates: unknown, vintage: number) => {
      const id = newId();
      await transaction(operatorContext(engine), 'prepare', async (tx) => {
        await tx
          .insertInto('priority_neighbourhood')
          .values({
            id,
            territory_id: territoryId,
            code: `QP${id}`,
            name: 'Les Aubes',
            vintage,
            outline: JSON.stringify(coordinates),
            source: 'essai'
          })
          .execute();
        return accept(null);
      });
      return id;
    };
    const old = await drawn(outlines[2015], 2015);
    const pierced = await drawn({ ...outlines[2024], coordinates: outlines[2024].coordinates.slice(0, 1) }, 2024);
    const island = await drawn(outlines[2024], 2024);
    const both = ['Danse ici', 'Danse plus loin'];
    expect(await names(territoryId, { priorityNeighbourhoodId: old })).toEqual(both);
    expect(await names(territoryId, { priorityNeighbourhoodId: pierced })).toEqual(['Danse plus loin']);
    expect(await names(territoryId, { priorityNeighbourhoodId: island })).toEqual(both);
    expect(await names(territoryId, { priorityNeighbourhoodId: pierced, text: 'danse' })).toEqual(['Danse plus loin']);
    expect(await names(territoryId, { priorityNeighbourhoodId: newId() })).toEqual([]);
  });

  test('near a point the nearest comes first, by its nearest place; what has no place has no distance', async () => {
    const page = await searchDirectory(contextFor(engine), { territoryId, near: centre });
    expect(page.items.map((item) => item.name)).toEqual(['Danse ici', 'Danse plus loin']);
    expect(page.items[0]!.distanceKm).toBeCloseTo(0, 3);
    expect(page.items[1]!.distanceKm).toBeCloseTo(1.11, 1);
  });

  test('a radius leaves out what is farther, with words or without', async () => {
    expect(await names(territoryId, { near: centre, radiusKm: 1 })).toEqual(['Danse ici']);
    expect(await names(territoryId, { near: centre, radiusKm: 1, text: 'danse' })).toEqual(['Danse ici']);
    expect((await names(territoryId, { near: centre, radiusKm: 2, text: 'danse' })).sort()).toEqual([
      'Danse ici',
      'Danse plus loin'
    ]);
  });
});

describe('pages', () => {
  async function pages(
    territoryId: Id,
    search: Omit<DirectorySearch, 'territoryId'>,
    between: () => Promise<unknown> = async () => null
  ) {
    const ids: Id[] = [];
    for (let after: string | undefined; ;) {
      const page = await searchDirectory(contextFor(engine), {
        territoryId,
        ...search,
        ...(after ? { after } : {}),
        limit: 7
      });
      ids.push(...page.items.map((item) => item.organizationId));
      if (!page.next) return ids;
      after = page.next;
      await between();
    }
  }

  test('pages follow each other without gap or duplicate while sheets come, change and go', async () => {
    const territoryId = await aTerritory(engine);
    const ids: Id[] = [];
    for (let n = 0; n < 110; n += 1) {
      const id = await anOrganization(engine, territoryId, {
        name: n % 3 === 0 ? `Couture ${n}` : `Atelier ${n}`,
        services: n % 3 === 1 ? ['Couture'] : [],
        description: `Couture et tricot ${'au fil des jours '.repeat(n % 5)}`,
        places: [{ latitude: 43 + (n % 40) / 1000, longitude: 3 }]
      });
      ids.push(id);
    }
    let n = 0;
    const disturb = async () => {
      n += 1;
      await anOrganization(engine, territoryId, {
        name: `Couture nouvelle ${n}`,
        description: 'tricot',
        places: [{ latitude: 43, longitude: 3 }]
      });
      await setState(await anOrganization(engine, territoryId, { name: `Couture ${n}` }), 'hidden');
    };
    for (const search of [{ text: 'couture tricot' }, {}, { near: { latitude: 43, longitude: 3 } }]) {
      const seen = await pages(territoryId, search, disturb);
      expect(new Set(seen).size, JSON.stringify(search)).toBe(seen.length);
      expect(
        ids.filter((id) => !seen.includes(id)),
        JSON.stringify(search)
      ).toEqual([]);
    }
  }, 60_000);

  test('a cursor that is none begins at the first page', async () => {
    const territoryId = await aTerritory(engine);
    await anOrganization(engine, territoryId, { name: 'Tissage' });
    for (const after of [
      '',
      'x',
      'bnVsbA',
      Buffer.from('{"kind":"name","sortName":1}').toString('base64url'),
      'a'.repeat(50_000)
    ]) {
      expect(await names(territoryId, { after }), after.slice(0, 20)).toEqual(['Tissage']);
    }
  });
});

describe('hostile inputs', () => {
  test('50 kB of text, of one word or of many, cost no more than a line', async () => {
    const territoryId = await aTerritory(engine);
    await anOrganization(engine, territoryId, { name: 'Vannerie' });
    for (const text of [
      'a'.repeat(50_000),
      'vannerie '.repeat(6000),
      `${'( | & ! : * '.repeat(5000)}`,
      'é·'.repeat(25_000)
    ]) {
      const started = performance.now();
      await names(territoryId, { text });
      expect(performance.now() - started).toBeLessThan(2000);
    }
  });

  test.each([
    "'",
    "''",
    '\\',
    "a' | 'b",
    'a:*',
    '!a & (b',
    '\u0000',
    '\ud800',
    '%',
    '_',
    '<->',
    '😀',
    'ÿ'.repeat(300),
    'عربية',
    '(se)',
    '/ / /',
    '--',
    ';drop table',
    '@x #y'
  ])('odd characters are words like others or nothing: %j', async (text) => {
    const territoryId = await aTerritory(engine);
    expect(await names(territoryId, { text: `${text}` })).toEqual([]);
    expect(await names(territoryId, { themes: [text], publics: [text] })).toEqual([]);
  });

  test('whatever is typed, a page comes back', async () => {
    const territoryId = await aTerritory(engine);
    await anOrganization(engine, territoryId, { name: 'Vannerie d’osier' });
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (text) => {
        const page = await searchDirectory(contextFor(engine), { territoryId, text });
        expect(page.total).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 60 }
    );
  });
});
