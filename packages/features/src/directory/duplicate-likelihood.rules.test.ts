import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findLikelyPairs } from './duplicate-candidates.rules.ts';
import { plainStreet, readIdentity, type Identity } from './duplicate-identity.rules.ts';
import { compareIdentities, PROPOSED_MIN_PERMILLE, rarityOf } from './duplicate-likelihood.rules.ts';

/** A small town's directory, in which "club", "danse" and "Bellerive" are common and "Zadigozinc" is not. */
const TOWN = [
  'Club de danse de Bellerive',
  'Club de judo de Bellerive',
  'Danse et partage',
  'Amicale des boulistes de Bellerive',
  'Comité de quartier des Tanneurs',
  'Comité de quartier du Moulin',
  'Maison des jeunes et de la culture',
  'Zadigozinc',
  'Association des parents du collège',
  'Les amis de la chorale',
  'Chorale du faubourg',
  'Atelier des Tisserands'
];

function sheet(name: string, rest: Partial<Identity> = {}): Identity {
  return {
    id: name,
    name,
    acronym: null,
    siret: null,
    rna: null,
    website: null,
    email: null,
    phone: null,
    places: [],
    ...rest
  };
}

const rarity = rarityOf(
  TOWN.map((name) => readIdentity(sheet(name))),
  ['Bellerive', 'Les Tanneurs', 'Le Moulin']
);

function compare(a: Identity, b: Identity) {
  return compareIdentities(readIdentity(a), readIdentity(b), rarity);
}

function at(address: string, postcode = '34000') {
  return { places: [{ address, postcode, latitude: null, longitude: null }] };
}

test('accents, capitals, "ASS." and linking words make no other structure', () => {
  const { permille, reasons } = compare(sheet('Atelier des Tisserands'), sheet('ASS. ATELIER LES TISSERANDS'));
  expect(reasons).toContain('same-name');
  expect(permille).toBeGreaterThanOrEqual(900);
});

test('a sigle and the name that it shortens meet, whether it follows the name or stands alone', () => {
  expect(compare(sheet('MJC'), sheet('Maison des jeunes et de la culture')).permille).toBeGreaterThanOrEqual(
    PROPOSED_MIN_PERMILLE
  );
  expect(
    compare(sheet('Terre et Ciel du Faubourg TECF'), sheet('Terre et ciel du faubourg')).permille
  ).toBeGreaterThanOrEqual(900);
  const alone = compare(sheet('TCHF'), sheet('Tricot et couture des hauts faubourgs'));
  expect(alone.reasons).toContain('acronym-initials');
});

test('a typing error in a rare word is forgiven, another rare word is not', () => {
  expect(compare(sheet('Zadigozinc'), sheet('Zadigozink')).permille).toBeGreaterThanOrEqual(PROPOSED_MIN_PERMILLE);
  expect(
    compare(sheet('Comité de quartier des Tanneurs'), sheet('Comité de quartier du Moulin')).permille
  ).toBeLessThan(PROPOSED_MIN_PERMILLE);
});

test('two names that share much and each keep a rare word of their own are two structures', () => {
  const { permille } = compare(sheet('Voix libres du grand Orme'), sheet('Voix libres du grand Pivert'));
  expect(permille).toBeLessThan(PROPOSED_MIN_PERMILLE);
  expect(compare(sheet('Voix libres du grand Orme'), sheet('Voix libres du grand')).permille).toBeGreaterThanOrEqual(
    PROPOSED_MIN_PERMILLE
  );
});

test('common words shared by half of the town say nothing', () => {
  expect(compare(sheet('Club de danse de Bellerive'), sheet('Club de judo de Bellerive')).permille).toBeLessThan(
    PROPOSED_MIN_PERMILLE
  );
});

test('a shared address strengthens near names and does not join neighbours', () => {
  const near = [sheet('Chorale du faubourg'), sheet('Chorale Faubourg et alentours')] as const;
  const together = compare(
    { ...near[0], ...at('12 av. de l’Europe') },
    { ...near[1], ...at('12, avenue de l Europe') }
  );
  expect(together.permille).toBeGreaterThan(compare(...near).permille);
  expect(together.reasons).toContain('same-address');
  const neighbours = compare(sheet('Zadigozinc', at('3 rue du Four')), sheet('Danse et partage', at('3 rue du Four')));
  expect(neighbours.permille).toBeLessThan(PROPOSED_MIN_PERMILLE);
});

test('the same SIRET decides whatever the names, different ones make doubtful what the names suggest', () => {
  const siret = '21340172201787';
  expect(compare(sheet('Zadigozinc', { siret }), sheet('Les Zinzins', { siret }))).toMatchObject({
    reasons: expect.arrayContaining(['same-siret']) as string[]
  });
  expect(compare(sheet('Zadigozinc', { siret }), sheet('Les Zinzins', { siret })).permille).toBeGreaterThanOrEqual(900);
  const other = compare(sheet('Zadigozinc', { siret }), sheet('Zadigozinc', { siret: '82917522300033' }));
  expect(other.reasons).toContain('different-siret');
  expect(other.permille).toBeLessThan(PROPOSED_MIN_PERMILLE);
});

test('the friends of a choir are not the choir, a departmental committee is not the regional league', () => {
  expect(compare(sheet('Chorale du faubourg'), sheet('Les amis de la chorale du faubourg')).reasons).toContain(
    'people-around'
  );
  const levels = compare(sheet('Comité départemental de tir à l’arc'), sheet('Ligue régionale de tir à l’arc'));
  expect(levels.reasons).toContain('different-level');
  expect(levels.permille).toBeLessThan(PROPOSED_MIN_PERMILLE);
});

test('streets are the same however they are shortened', () => {
  expect(plainStreet('12 bis, av. de l’Europe (bât. B)')).toBe(plainStreet('12 AVENUE EUROPE'));
});

test('it does not matter which sheet comes first, and the likelihood stays between 0 and 1000', () => {
  const word = fc.constantFrom(
    'club',
    'danse',
    'Zadigozinc',
    'amis',
    'MJC',
    'de',
    'la',
    'Bellerive',
    'tricot',
    'tricots',
    '34',
    'TCB',
    'comité',
    "l'eau",
    ''
  );
  const name = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(name, name, (one, other) => {
      const forth = compare(sheet(one), sheet(other)).permille;
      expect(compare(sheet(other), sheet(one)).permille).toBe(forth);
      expect(forth).toBeGreaterThanOrEqual(0);
      expect(forth).toBeLessThanOrEqual(1000);
    })
  );
});

test('pairs are found without comparing each with each, and a much better match hides a poor one', async () => {
  const sheets = [...TOWN, 'ATELIER DES TISSERANDS (ADT)', 'Atelier du Tisserand bleu'].map((name) =>
    readIdentity(sheet(name))
  );
  let pauses = 0;
  const pairs = await findLikelyPairs({ identities: sheets, placeNames: ['Bellerive'] }, async () => (pauses += 1));
  expect(pairs.map(({ firstId, secondId }) => [firstId, secondId])).toContainEqual([
    'ATELIER DES TISSERANDS (ADT)',
    'Atelier des Tisserands'
  ]);
  expect(pairs.filter(({ firstId, secondId }) => [firstId, secondId].includes('Atelier du Tisserand bleu'))).toEqual(
    []
  );
  expect(pauses).toBeGreaterThan(0);
});

const NETWORK = ['34000', '34070', '34080', '34090', '34170'].map((postcode) =>
  readIdentity(sheet('Guichet solidaire', { id: postcode, ...at('1 place de la Mairie', postcode) }))
);

test('sites of a network that differ only by their place are not asked about, two sheets of one site are', async () => {
  const twin = readIdentity(sheet('GUICHET SOLIDAIRE', { id: 'twin', ...at('1, pl. de la mairie', '34080') }));
  const pairs = await findLikelyPairs({ identities: [...NETWORK, twin], placeNames: [] }, async () => undefined);
  expect(pairs.map(({ firstId, secondId }) => [firstId, secondId])).toEqual([['34080', 'twin']]);
});

test('establishments of one legal entity are apart when they are many, and asked about when they are two', async () => {
  const establishments = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      readIdentity(
        sheet('Zadigozinc', {
          id: `${index}`,
          siret: `35600000${1000 + index}80`,
          ...at('3 rue du Four', `3${index}000`)
        })
      )
    );
  const pairsOf = (count: number) =>
    findLikelyPairs({ identities: establishments(count), placeNames: [] }, async () => undefined);
  expect(await pairsOf(2)).toHaveLength(1);
  expect(await pairsOf(6)).toEqual([]);
});

test('of four sheets that are all alike, three questions are asked, and none that somebody has answered', async () => {
  const alike = ['a', 'b', 'c', 'd'].map((id) =>
    readIdentity(sheet('Chorale du faubourg', { id, phone: '+33400000001' }))
  );
  const search = { identities: alike, placeNames: [] };
  expect(await findLikelyPairs(search, async () => undefined)).toHaveLength(3);
  const after = await findLikelyPairs({ ...search, decided: new Set(['a/b']) }, async () => undefined);
  expect(after).toHaveLength(3);
  expect(after.map(({ firstId, secondId }) => `${firstId}/${secondId}`)).not.toContain('a/b');
});

test('a search among a few sheets compares them with all the others and with nothing else', async () => {
  const sheets = ['Atelier des Tisserands', 'ASS. ATELIER DES TISSERANDS', 'Zadigozinc', 'Zadigozinc (le)'].map(
    (name) => readIdentity(sheet(name))
  );
  const pairs = await findLikelyPairs(
    { identities: sheets, placeNames: [], among: new Set(['Zadigozinc (le)']) },
    async () => undefined
  );
  expect(pairs.map(({ firstId, secondId }) => [firstId, secondId])).toEqual([['Zadigozinc', 'Zadigozinc (le)']]);
});
