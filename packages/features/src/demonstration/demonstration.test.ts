import {
  FEES,
  isCodeOf,
  MOBILIZATION_MODES,
  MOBILIZERS,
  NETWORKS,
  PUBLICS,
  RECEPTION_MODES,
  SERVICE_KINDS,
  THEMES,
  type VocabularyEntry
} from '@terreau/formats/vocabulary';
import OpeningHours from 'opening_hours';
import { describe, expect, test } from 'vitest';
import { loadOfficialGeography } from '../territories/official-geography.ts';
import { demonstration, type Position } from './demonstration.ts';

const valbrune = demonstration();
const { accounts, neighbourhoods, organizations, portrait, priorityNeighbourhoods, river, skills, territory } =
  valbrune;
const services = organizations.flatMap((organization) => organization.services);
const places = organizations.flatMap((organization) => organization.places);
const posts = organizations.flatMap((organization) => organization.posts);
const keys = new Set(organizations.map(({ key }) => key));

describe('the town', () => {
  test('thirty-five thousand people live in six neighbourhoods, two of them priority neighbourhoods', () => {
    const populations = portrait.figures.filter(
      (figure) => figure.indicator === 'population' && figure.area !== 'valbrune'
    );
    expect(sum(populations.map((figure) => figure.value ?? 0))).toBe(territory.population);
    expect(populations).toHaveLength(neighbourhoods.features.length);
    expect(neighbourhoods.features.filter(({ properties }) => properties.priority).map(({ id }) => id)).toEqual([
      'les-tilleuls',
      'bel-air'
    ]);
  });

  test('outlines are closed rings turning the right way, inside the bounds of the town', () => {
    for (const { geometry } of [...neighbourhoods.features, ...priorityNeighbourhoods.features]) {
      const ring = geometry.coordinates[0] ?? [];
      expect(ring.length).toBeGreaterThan(4);
      expect(ring.at(-1)).toEqual(ring[0]);
      expect(signedArea(ring), 'exterior rings turn anticlockwise').toBeGreaterThan(0);
      for (const [longitude, latitude] of ring) {
        expect(Math.abs(longitude - territory.centre.longitude)).toBeLessThan(0.06);
        expect(Math.abs(latitude - territory.centre.latitude)).toBeLessThan(0.04);
      }
    }
  });

  test('neighbours share their borders exactly: no gap and no overlap', () => {
    const walked = new Map<string, number>();
    for (const { geometry } of neighbourhoods.features) {
      const ring = geometry.coordinates[0] ?? [];
      for (let at = 1; at < ring.length; at++) {
        const step = `${ring[at - 1]} ${ring[at]}`;
        walked.set(step, (walked.get(step) ?? 0) + 1);
      }
    }
    expect(Math.max(...walked.values()), 'a step walked twice the same way would be an overlap').toBe(1);
    const isShared = (step: string) => walked.has(step.split(' ').toReversed().join(' '));
    const outer = [...walked.keys()].filter((step) => !isShared(step));
    const next = new Map(outer.map((step) => step.split(' ') as [string, string]));
    expect(next.size, 'the outer border passes once through each point').toBe(outer.length);
    let [at = ''] = next.keys();
    const seen = new Set<string>();
    while (!seen.has(at)) {
      seen.add(at);
      at = next.get(at) ?? '';
    }
    expect(seen.size, 'the outer border is one single loop').toBe(outer.length);
  });

  test('the river runs along the borders of neighbourhoods', () => {
    const corners = new Set(
      neighbourhoods.features.flatMap(({ geometry }) => (geometry.coordinates[0] ?? []).map(String))
    );
    const course = river.features[0]?.geometry.coordinates ?? [];
    expect(course.length).toBeGreaterThan(40);
    expect(course.filter((point) => !corners.has(String(point)))).toEqual([]);
  });

  test('each priority neighbourhood has an outline of 2015 and a different one of 2024, inside its neighbourhood', () => {
    for (const key of ['les-tilleuls', 'bel-air']) {
      const outlines = priorityNeighbourhoods.features.filter(({ properties }) => properties.neighbourhood === key);
      expect(outlines.map(({ properties }) => properties.vintage).toSorted()).toEqual([2015, 2024]);
      const [first = [], second = []] = outlines.map(({ geometry }) => geometry.coordinates[0]);
      expect(first).not.toEqual(second);
      for (const point of [...first, ...second]) expect(isInside(point, ringOf(key))).toBe(true);
    }
    expect(unique(priorityNeighbourhoods.features.map(({ properties }) => properties.code))).toBe(true);
  });

  test('no real town has its postcode or its name', () => {
    const geography = loadOfficialGeography();
    expect(geography.communesOfPostcode(territory.postcode)).toEqual([]);
    expect(geography.findCommunes(territory.name)).toEqual([]);
    expect(territory.communes).toEqual([]);
  });

  test('the words of its people lead to themes that exist', () => {
    expect(territory.localWords.length).toBeGreaterThanOrEqual(30);
    expect(unique(territory.localWords.map(({ word }) => word))).toBe(true);
    expectCodes(
      THEMES,
      territory.localWords.flatMap(({ themes }) => themes)
    );
  });

  test('the way to reach a human is complete', () => {
    const { contact, languages } = territory.settings;
    expectReservedPhone(contact.phone);
    expectOpeningHours(contact.openingHours);
    expect(contact.email).toMatch(/@valbrune\.example$/);
    expect(languages).toEqual(['fr', 'en']);
  });
});

describe('the portrait', () => {
  test('every figure has an indicator, a source, a date, and either a value or the reason why it is missing', () => {
    const indicators = new Set(portrait.indicators.map(({ key }) => key));
    for (const figure of portrait.figures) {
      expect(indicators).toContain(figure.indicator);
      expect(figure.source).toBe('Données fictives de démonstration');
      expect(figure.sourceDate).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      const isMissing = figure.value === null;
      expect(Boolean(figure.missingReason), `${figure.indicator} ${figure.area}`).toBe(isMissing);
      expect(Boolean(figure.missingNote)).toBe(isMissing);
    }
    expect(portrait.figures.some(({ value }) => value === null)).toBe(true);
  });

  test('each indicator speaks once of each neighbourhood and once of the whole territory', () => {
    const areas = [...neighbourhoods.features.map(({ id }) => id), 'valbrune'].toSorted();
    for (const { key } of portrait.indicators) {
      const about = portrait.figures.filter((figure) => figure.indicator === key).map(({ area }) => area);
      expect(about.toSorted(), key).toEqual(areas);
    }
  });

  test('a share is what its two counts say', () => {
    const shares = portrait.indicators.filter(({ unit }) => unit === 'percent').map(({ key }) => key);
    for (const { area, denominator, indicator, numerator, value } of portrait.figures) {
      if (!shares.includes(indicator) || value === null) continue;
      expect(denominator, `${indicator} ${area}`).toBeGreaterThan(0);
      expect(Math.abs((100 * (numerator ?? 0)) / (denominator ?? 1) - value), `${indicator} ${area}`).toBeLessThan(
        0.051
      );
    }
  });

  test('a figure kept secret cannot be found back by subtraction', () => {
    for (const { area, indicator, missingReason } of portrait.figures) {
      if (missingReason !== 'statistical-secrecy' || indicator === 'median-income') continue;
      const total = portrait.figures.find((figure) => figure.indicator === indicator && figure.area === 'valbrune');
      expect(total?.value, `the total would reveal ${indicator} of ${area}`).toBeNull();
    }
  });

  test('poverty and support hours are those of the worked example of the equity measures', () => {
    const value = (indicator: string) =>
      neighbourhoods.features.map(
        ({ id }) => portrait.figures.find((f) => f.indicator === indicator && f.area === id)?.value
      );
    expect(value('poverty-rate')).toEqual([46, 41, 28, 19, 14, 8]);
    expect(value('support-hours')).toEqual([220, 60, 210, 150, 340, 20]);
  });
});

describe('the organisations', () => {
  test('there are about a hundred and twenty, in every neighbourhood, each with its own name and address in the data', () => {
    expect(organizations.length).toBeGreaterThanOrEqual(115);
    expect(keys.size).toBe(organizations.length);
    expect(unique(organizations.map(({ name }) => name))).toBe(true);
    for (const { id } of neighbourhoods.features) {
      expect(organizations.filter(({ neighbourhood }) => neighbourhood === id).length, id).toBeGreaterThanOrEqual(8);
    }
  });

  test('themes, publics, networks, kinds, fees and modes are codes of data·inclusion', () => {
    expectCodes(
      THEMES,
      [...organizations, ...services].flatMap(({ themes }) => themes)
    );
    expectCodes(
      PUBLICS,
      [...organizations, ...services].flatMap(({ publics }) => publics)
    );
    expectCodes(
      NETWORKS,
      organizations.flatMap(({ networks }) => networks)
    );
    expectCodes(
      SERVICE_KINDS,
      services.map(({ type }) => type)
    );
    expectCodes(
      FEES,
      services.flatMap(({ fee }) => fee ?? [])
    );
    expectCodes(
      RECEPTION_MODES,
      services.flatMap(({ receptionModes }) => receptionModes)
    );
    expectCodes(
      MOBILIZATION_MODES,
      services.flatMap(({ mobilizationModes }) => mobilizationModes)
    );
    expectCodes(
      MOBILIZERS,
      services.flatMap(({ mobilizableBy }) => mobilizableBy)
    );
  });

  test('“everybody” never stands beside another public, and no code is said twice', () => {
    for (const { name, publics, themes } of [...organizations, ...services]) {
      if (publics.includes('tous-publics')) expect(publics, name).toEqual(['tous-publics']);
      expect(unique(publics) && unique(themes), name).toBe(true);
      expect(themes.length, name).toBeGreaterThan(0);
    }
  });

  test('every place stands inside the neighbourhood that it names', () => {
    for (const { address, latitude, longitude, neighbourhood } of places) {
      expect(isInside([longitude, latitude], ringOf(neighbourhood)), address).toBe(true);
    }
  });

  test('the same address is always the same point', () => {
    const points = new Map<string, string>();
    for (const { address, latitude, longitude } of places) {
      const point = `${latitude} ${longitude}`;
      expect(points.get(address) ?? point, address).toBe(point);
      points.set(address, point);
    }
  });

  test('opening hours can be read by a machine', () => {
    const written = [...places, ...services].flatMap(({ openingHours }) => openingHours ?? []);
    expect(written.length).toBeGreaterThan(100);
    written.forEach(expectOpeningHours);
  });

  test('identifiers are well formed, and from ranges that no register gives', () => {
    const sirets = organizations.flatMap(({ siret }) => siret ?? []);
    const rnas = organizations.flatMap(({ rna }) => rna ?? []);
    expect(sirets.length).toBeGreaterThan(40);
    for (const siret of sirets) {
      expect(siret).toMatch(/^999\d{11}$/);
      expect([passesLuhn(siret), passesLuhn(siret.slice(0, 9))], siret).toEqual([true, true]);
    }
    for (const rna of rnas) expect(rna).toMatch(/^W963\d{6}$/);
    expect(unique(sirets) && unique(rnas)).toBe(true);
  });

  test('a group without legal existence has no identifier, and is a full actor all the same', () => {
    const groups = organizations.filter(({ legalForm }) => legalForm === 'informal-group');
    expect(groups.length).toBeGreaterThanOrEqual(12);
    expect(groups.filter(({ rna, siret }) => rna ?? siret)).toEqual([]);
  });

  test('telephones, addresses and sites ring and open nowhere', () => {
    for (const { email, name, phone, website } of organizations) {
      if (phone) expectReservedPhone(phone);
      if (email) expect(email, name).toMatch(/^[a-z0-9.-]+@([a-z0-9-]+\.)*valbrune\.example$/);
      if (website) expect(website, name).toMatch(/^https:\/\/[a-z0-9-]+\.example\.org\//);
    }
  });

  test('needs and offers tell where they stand: what was fulfilled says what came of it', () => {
    expect(new Set(posts.map(({ state }) => state))).toEqual(new Set(['open', 'in-contact', 'fulfilled', 'expired']));
    expect(new Set(posts.map(({ kind }) => kind))).toEqual(new Set(['need', 'offer']));
    for (const { metWith, outcome, state, title } of posts) {
      expect(Boolean(outcome), title).toBe(state === 'fulfilled');
      if (metWith) expect(keys, title).toContain(metWith);
    }
    for (const organization of organizations) {
      for (const { metWith } of organization.posts) expect(metWith).not.toBe(organization.key);
    }
  });

  test('a few sheets are stale, most are fresh', () => {
    const stale = published().filter(
      ({ confirmation }) => confirmation.confirmedDaysAgo > confirmation.promiseMonths * 31
    );
    expect(stale.length).toBeGreaterThanOrEqual(5);
    expect(stale.length).toBeLessThan(published().length / 6);
  });

  test('one newcomer waits for moderation, one sheet is merged, one organisation is visibly there twice', () => {
    expect(organizations.filter(({ publication }) => publication === 'held-for-moderation')).toHaveLength(1);
    const merged = organizations.filter(({ publication }) => publication === 'merged');
    expect(merged.map(({ mergedInto }) => keys.has(mergedInto ?? ''))).toEqual([true]);
    const [twin] = organizations.filter(({ sameAs }) => sameAs);
    const other = organizations.find(({ key }) => key === twin?.sameAs);
    expect(other?.phone).toBe(twin?.phone);
    expect(other?.places[0]?.address).toBe(twin?.places[0]?.address);
    const shared = Map.groupBy(
      organizations.filter(({ phone }) => phone),
      ({ phone }) => phone
    );
    expect([...shared.values()].filter((group) => group.length > 1)).toHaveLength(1);
  });

  test('there are long names, names in other alphabets, and organisations in several places', () => {
    expect(organizations.filter(({ name }) => name.length > 75).length).toBeGreaterThanOrEqual(2);
    expect(organizations.filter(({ nameInOtherScript }) => nameInOtherScript).length).toBeGreaterThanOrEqual(2);
    expect(organizations.filter((organization) => organization.places.length > 1).length).toBeGreaterThanOrEqual(2);
    for (const { name } of [...organizations, ...services]) expect(name.length, name).toBeLessThanOrEqual(150);
  });

  test('a service points to a place that its organisation has', () => {
    for (const { key, places: own, services: offered } of organizations) {
      for (const { place } of offered) if (place !== undefined) expect(own[place], key).toBeDefined();
    }
  });
});

describe('the words', () => {
  test('descriptions are of a readable length, a third of them also in plain words, some twenty in English', () => {
    for (const { description, key } of organizations) {
      expect(description.length, key).toBeGreaterThanOrEqual(200);
      expect(description.length, key).toBeLessThanOrEqual(900);
    }
    expect(organizations.filter(({ plainDescription }) => plainDescription).length * 3).toBeGreaterThanOrEqual(
      organizations.length
    );
    expect(organizations.filter(({ descriptionEn }) => descriptionEn).length).toBeGreaterThanOrEqual(20);
  });

  test('plain words come in short sentences', () => {
    for (const { key, plainDescription = '' } of organizations) {
      for (const sentence of plainDescription.split(/[.?!]/)) {
        expect(sentence.trim().split(/\s+/).length, `${key}: ${sentence}`).toBeLessThanOrEqual(15);
      }
    }
  });

  test('no description is a copy or a template of another', () => {
    const openings = organizations.map(({ description }) => description.split(/\s+/).slice(0, 4).join(' '));
    expect(unique(openings)).toBe(true);
    const phrases = organizations.flatMap(({ description, key }) =>
      description.split(/(?<=[.?!])\s/).map((phrase) => [phrase, key])
    );
    const spoken = Map.groupBy(phrases, ([phrase]) => phrase);
    expect([...spoken.values()].filter((group) => group.length > 1)).toEqual([]);
  });

  test('nobody is spoken of in the words that close doors', () => {
    const unwelcome =
      /bénéficiaire|public empêché|publics cibles|quartier sensible|doublon|cas social|défavorisé|assisté/i;
    expect(everyText(valbrune).filter((text) => unwelcome.test(text))).toEqual([]);
  });

  test('French is typed as in a book: single spaces, curved apostrophes, no line left hanging', () => {
    for (const text of everyText(valbrune)) {
      expect(text, text).not.toMatch(/ {2}|\t|\n|^\s|\s$| ,| \./);
      expect(text, text).not.toContain("'");
      expect(text.match(/«/g)?.length ?? 0, text).toBe(text.match(/»/g)?.length ?? 0);
    }
  });
});

describe('the people', () => {
  test('a skill is shown only with a consent, as the person wishes to be seen', () => {
    expect(skills.length).toBeGreaterThanOrEqual(12);
    expect(new Set(skills.map(({ display }) => display.form))).toEqual(new Set(['first-name', 'anonymous']));
    for (const { consent, display, key, organization } of skills) {
      expect(consent.givenDaysAgo, key).toBeGreaterThan(0);
      if (display.form === 'first-name') expect(display.firstName, key).toMatch(/^\p{Lu}\p{Ll}+$/u);
      if (organization) expect(keys, key).toContain(organization);
    }
  });

  test('each role has an account, and there are six facilitators, one for each neighbourhood', () => {
    const held = accounts.flatMap(({ roles }) => roles);
    expect(new Set(held.map(({ role }) => role)).size).toBe(11);
    const facilitated = held
      .filter(({ role }) => role === 'facilitator')
      .flatMap(({ neighbourhoods: areas }) => areas ?? []);
    expect(facilitated.toSorted()).toEqual(neighbourhoods.features.map(({ id }) => id).toSorted());
  });

  test('accounts are distinct, their addresses lead nowhere, their organisations exist', () => {
    expect(unique(accounts.map(({ email }) => email)) && unique(accounts.map(({ key }) => key))).toBe(true);
    for (const { email, roles } of accounts) {
      expect(email).toMatch(/^[a-z-]+@valbrune\.example$/);
      for (const { organization, role } of roles) {
        if (organization) expect(keys, email).toContain(organization);
        if (role.startsWith('organization-')) expect(organization, email).toBeDefined();
      }
    }
  });
});

test('each call gives a copy: changing one does not change the next', () => {
  const mine = demonstration();
  mine.organizations.length = 0;
  expect(demonstration().organizations).toHaveLength(organizations.length);
});

function published() {
  return organizations.filter(({ publication }) => publication === 'published');
}

function ringOf(key: string): Position[] {
  return neighbourhoods.features.find(({ id }) => id === key)?.geometry.coordinates[0] ?? [];
}

/** Ray casting on the exterior ring. */
function isInside([x, y]: Position, ring: Position[]): boolean {
  let inside = false;
  for (let at = 1; at < ring.length; at++) {
    const [ax, ay] = ring[at - 1] as Position;
    const [bx, by] = ring[at] as Position;
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

function signedArea(ring: Position[]): number {
  let area = 0;
  for (let at = 1; at < ring.length; at++) {
    const [ax, ay] = ring[at - 1] as Position;
    const [bx, by] = ring[at] as Position;
    area += ax * by - bx * ay;
  }
  return area / 2;
}

function passesLuhn(digits: string): boolean {
  const weighed = [...digits].toReversed().map((digit, at) => Number(digit) * (at % 2 === 0 ? 1 : 2));
  return sum(weighed.map((value) => (value > 9 ? value - 9 : value))) % 10 === 0;
}

/** The ranges that the French regulator (ARCEP) reserves for fiction. */
function expectReservedPhone(phone: string) {
  expect(phone).toMatch(/^(01 99 00|02 61 91|03 53 01|04 65 71|05 36 49|06 39 98)( \d\d){2}$/);
}

function expectOpeningHours(value: string) {
  const place = { lat: 46.65, lon: 2.69, address: { country_code: 'fr', state: 'Auvergne-Rhône-Alpes' } };
  const parsed = new OpeningHours(value, place as unknown as ConstructorParameters<typeof OpeningHours>[1]);
  expect(parsed.getWarnings(), value).toEqual([]);
}

function expectCodes(list: readonly VocabularyEntry[], codes: string[]) {
  expect(codes.length).toBeGreaterThan(0);
  expect(codes.filter((code) => !isCodeOf(list, code))).toEqual([]);
}

/** Every string that a visitor may read, in French or English. */
function everyText(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(everyText);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === 'nameInOtherScript' ? [] : everyText(inner)));
}

function unique(values: unknown[]): boolean {
  return new Set(values).size === values.length;
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
