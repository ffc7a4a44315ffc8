import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  loadOfficialGeography,
  MAX_GEOGRAPHY_MATCHES_COUNT,
  normalizePlaceName,
  timeZoneOf,
  type Commune
} from './official-geography.ts';

const geography = loadOfficialGeography();
const codes = (communes: readonly Commune[]) => communes.map(({ code }) => code);

describe('communes', () => {
  test('Montpellier is found by its code, with its population and its four postcodes', () => {
    expect(geography.commune('34172')).toMatchObject({
      name: 'Montpellier',
      kind: 'commune',
      departementCode: '34',
      population: 310240,
      postcodes: ['34000', '34070', '34080', '34090']
    });
  });

  test('a name is found whatever its accents, hyphens, capitals and abbreviations', () => {
    expect(codes(geography.findCommunes('montpellier'))[0]).toBe('34172');
    expect(codes(geography.findCommunes('ST ETIENNE'))[0]).toBe('42218');
    expect(codes(geography.findCommunes('L hay les roses'))).toEqual(['94038']);
    expect(codes(geography.findCommunes('Œuilly')).toSorted()).toEqual(
      codes(geography.findCommunes('oeuilly')).toSorted()
    );
    expect(geography.findCommunes('Œuilly')).toHaveLength(2);
  });

  test('the whole name comes before names that begin with it, the most populated first', () => {
    const [first, ...others] = geography.findCommunes('Saint-Denis', 5);
    expect([first?.departementCode, others.length]).toEqual(['974', 4]);
    expect(others[0]).toMatchObject({ code: '93066', name: 'Saint-Denis' });
  });

  test('a postcode finds all its communes, a code its own', () => {
    expect(codes(geography.findCommunes('34000'))).toEqual(['34172']);
    expect(geography.findCommunes('48000').length).toBeGreaterThan(3);
    expect(codes(geography.findCommunes('2a004'))).toEqual(['2A004']);
    expect(geography.communesOfPostcode('99999')).toEqual([]);
  });

  test('Paris, Lyon and Marseille have their 20, 9 and 16 arrondissements', () => {
    for (const [city, count] of [
      ['75056', 20],
      ['69123', 9],
      ['13055', 16]
    ] as const) {
      const parts = geography.partsOf(city);
      expect(parts.map(({ kind }) => kind)).toEqual(Array(count).fill('municipal-arrondissement'));
      const total = parts.reduce((sum, { population }) => sum + (population ?? 0), 0);
      expect(total).toBe(geography.commune(city)?.population);
    }
    expect(geography.commune('69381')).toMatchObject({ name: 'Lyon 1er Arrondissement', partOf: '69123' });
  });

  test('a delegated, associated or former commune leads to the commune of today', () => {
    expect(geography.commune('01340')).toBeUndefined();
    expect(geography.communeBehind('01340')?.code).toBe('01015');
    expect(geography.communeBehind('69381')?.name).toBe('Lyon');
    expect(geography.communeBehind('02285')?.code).toBe('59545');
    expect(geography.partsOf('01015')).toContainEqual(
      expect.objectContaining({ name: 'Arbignieu', kind: 'delegated-commune', partOf: '01015' })
    );
    expect(geography.communeBehind('01015')?.name).toBe('Arboys en Bugey');
    expect(geography.communeBehind('00000')).toBeUndefined();
  });
});

describe('groupings and départements', () => {
  test('the metropolis of Montpellier has its 31 communes', () => {
    const [metropolis] = geography.findGroups('montpellier mediterranee');
    expect(metropolis).toMatchObject({ code: '243400017', kind: 'METRO' });
    const communes = geography.communesOfGroup('243400017');
    expect(communes).toHaveLength(31);
    expect(codes(communes)).toContain('34172');
    expect(geography.groupsOfCommune('34172')).toEqual([metropolis]);
    expect(geography.findGroups('243400017')).toEqual([metropolis]);
  });

  test('the population of a grouping is that of its communes', () => {
    for (const code of ['243400017', '200046977', '200057867']) {
      const group = geography.group(code);
      const total = geography.communesOfGroup(code).reduce((sum, { population }) => sum + (population ?? 0), 0);
      expect(total, group?.name).toBe(group?.population);
    }
    expect(geography.group('243400017')?.population).toBe(522_542);
  });

  test('a commune of Greater Paris belongs to two groupings, the island of Sein to none', () => {
    expect(
      geography
        .groupsOfCommune('93066')
        .map(({ kind }) => kind)
        .toSorted()
    ).toEqual(['EPT', 'METRO']);
    expect(geography.groupsOfCommune('29083')).toEqual([]);
  });

  test('every commune of a grouping exists, and no commune is in two groupings of the same nature', () => {
    const all = geography.departements().flatMap(({ code }) => geography.communesOfDepartement(code));
    expect(all).toHaveLength(34_969);
    for (const { code } of all) {
      const kinds = geography.groupsOfCommune(code).map(({ kind }) => kind === 'EPT');
      expect(new Set(kinds).size, code).toBe(kinds.length);
      for (const group of geography.groupsOfCommune(code)) {
        if (!group.communeCodes.every((member) => geography.commune(member))) expect.fail(group.name);
      }
    }
  });

  test('a département lists its communes of today only', () => {
    expect(geography.communesOfDepartement('34').length).toBe(341);
    expect(codes(geography.communesOfDepartement('75'))).toEqual(['75056']);
    expect(geography.communesOfDepartement('974')).toHaveLength(24);
    expect(geography.communesOfDepartement('96')).toEqual([]);
  });

  test('a département is found by its code or its name', () => {
    expect(geography.findDepartements('2b').map(({ name }) => name)).toEqual(['Haute-Corse']);
    expect(geography.findDepartements('herault').map(({ code }) => code)).toEqual(['34']);
    expect(geography.findDepartements('reunion').map(({ code }) => code)).toEqual(['974']);
  });
});

describe('time zones', () => {
  test('each département has a time zone that the machine knows', () => {
    expect(geography.departements()).toHaveLength(109);
    for (const { code, timeZone } of geography.departements()) {
      expect(() => new Intl.DateTimeFormat('fr', { timeZone }), code).not.toThrow();
      const isOverseas = code.startsWith('97') || code.startsWith('98');
      expect(timeZone === 'Europe/Paris', code).toBe(!isOverseas);
    }
  });

  test('at noon in Paris in winter, it is the hour that people read on their walls overseas', () => {
    const noon = new Date('2026-01-15T11:00:00Z');
    const wall = (code: string) =>
      new Intl.DateTimeFormat('fr', { timeZone: timeZoneOf(code), timeStyle: 'short', hourCycle: 'h23' }).format(noon);
    expect(wall('34172')).toBe('12:00');
    expect(wall('97411')).toBe('15:00');
    expect(wall('971')).toBe('07:00');
    expect(wall('973')).toBe('08:00');
    expect(wall('97502')).toBe('08:00');
    expect(wall('976')).toBe('14:00');
    expect(wall('98818')).toBe('22:00');
    expect(wall('98735')).toBe('01:00');
    expect(wall('98731'), 'the Marquesas are half an hour ahead of Tahiti').toBe('01:30');
    expect(wall('98719'), 'the Gambier islands are an hour ahead').toBe('02:00');
    expect(wall('986')).toBe('23:00');
    expect(wall('989')).toBe('03:00');
  });

  test('the communes that keep another time are those islands', () => {
    const names = (code: string, zone: string) =>
      codes(geography.communesOfDepartement(code).filter((commune) => timeZoneOf(commune.code) === zone)).map(
        (commune) => geography.commune(commune)?.name
      );
    expect(names('987', 'Pacific/Marquesas')).toEqual([
      'Fatu-Hiva',
      'Hiva-Oa',
      'Nuku-Hiva',
      'Tahuata',
      'Ua-Huka',
      'Ua-Pou'
    ]);
    expect(names('987', 'Pacific/Gambier')).toEqual(['Gambier']);
    expect(names('984', 'Antarctica/DumontDUrville')).toEqual(['La Terre-Adélie']);
  });
});

describe('what people type', () => {
  test('any text gets a bounded answer, whatever the limit asked for', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 300, unit: 'binary' }),
        fc.integer({ min: -5, max: 10_000 }),
        (text, limit) => {
          const found = geography.findCommunes(text, limit);
          expect(found.length).toBeLessThanOrEqual(Math.min(Math.max(limit, 0), MAX_GEOGRAPHY_MATCHES_COUNT));
        }
      ),
      { numRuns: 60 }
    );
    expect(geography.findCommunes('saint')).toHaveLength(MAX_GEOGRAPHY_MATCHES_COUNT);
    expect(geography.findCommunes('   ')).toEqual([]);
  });

  test('a text of fifty thousand characters costs no more than a short one', () => {
    const started = performance.now();
    expect(geography.findCommunes('é-'.repeat(25_000))).toEqual([]);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test('putting a name in its plain form twice changes nothing more', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const plain = normalizePlaceName(name);
        expect(normalizePlaceName(plain)).toBe(plain);
      })
    );
  });
});
