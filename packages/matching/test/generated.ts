import fc from 'fast-check';
import type { Asker } from '../src/asker.ts';
import { SUPPORT_KINDS, type Scope, type Support } from '../src/support.ts';

/** Small worlds, so that things often fit, nearly fit, and tie. */
const THEMES = ['numerique--a', 'numerique--b', 'mobilite--a', 'mobilite--b', 'sante--a', 'sante-mentale--a', 'jardin'];
const PUBLICS = ['jeunes', 'seniors', 'familles', 'tous-publics'];
const COMMUNES = ['34172', '34057', '30189', '97105'];
const DEPARTEMENTS = ['34', '30', '971'];
const FEATURES = ['step-free', 'hearing-loop'];
const LANGUAGES = ['fr', 'ar', 'en'];
const FORMS = ['association', 'company', 'informal-group'];

const point = fc.record({
  latitude: fc.integer({ min: 43_000, max: 44_200 }).map((n) => n / 1000),
  longitude: fc.integer({ min: 3_000, max: 4_500 }).map((n) => n / 1000)
});
const some = (codes: readonly string[], maxLength = 2) => fc.uniqueArray(fc.constantFrom(...codes), { maxLength });
const least = (codes: readonly string[]) => fc.uniqueArray(fc.constantFrom(...codes), { minLength: 1, maxLength: 2 });
const day = fc.integer({ min: 0, max: 700 }).map((n) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10));
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 3 });

const scope: fc.Arbitrary<Scope> = fc.oneof(
  fc.constant({ level: 'national' } as const),
  fc.record({ level: fc.constant('commune' as const), codes: least(COMMUNES) }),
  fc.record({ level: fc.constant('departement' as const), codes: least(DEPARTEMENTS) }),
  fc.record({ level: fc.constant('region' as const), codes: least(['76', '01']) }),
  fc.record({ level: fc.constant('epci' as const), codes: least(['243400017', '243000643']) }),
  fc.record({ level: fc.constant('territory' as const), codes: fc.constant(['valbrune']) }),
  fc.record({ level: fc.constant('qpv' as const), codes: least(['QN03401M', 'QN03402M']) }),
  fc.record({ level: fc.constant('around' as const), point, km: fc.constantFrom(1, 10, 50) })
);

const bounds = (min: number, max: number) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.constant({ min }) },
    { weight: 1, arbitrary: fc.constant({ max }) },
    { weight: 1, arbitrary: fc.constant({ min, max }) }
  );

export const anySupport: fc.Arbitrary<Support> = fc
  .record({
    id: fc.uuid(),
    kind: fc.constantFrom(...SUPPORT_KINDS),
    themes: some(THEMES, 3),
    publics: some(PUBLICS),
    languages: some(LANGUAGES),
    accessibility: fc.dictionary(fc.constantFrom(...FEATURES), fc.boolean(), { maxKeys: 2 }),
    scopes: fc.array(scope, { maxLength: 2 }),
    legalForms: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: some(FORMS) }),
    ageMonths: bounds(12, 60),
    employees: bounds(1, 10),
    budgetCents: bounds(100_000, 5_000_000),
    openFrom: fc.option(day, { nil: null, freq: 4 }),
    openUntil: fc.option(day, { nil: null, freq: 4 }),
    checkedOn: orNull(day),
    stale: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    load: orNull(fc.record({ open: fc.nat(6), places: fc.nat(5) })),
    lately: fc.record({ suggested: fc.nat(30), answered: fc.nat(30) }),
    location: orNull(point),
    textRelevance: fc.option(fc.constantFrom(0, 0.125, 0.5, 1), { nil: undefined, freq: 2 })
  })
  .map(({ textRelevance, ...support }) => (textRelevance === undefined ? support : { ...support, textRelevance }));

export const anyAsker: fc.Arbitrary<Asker> = fc.record({
  kinds: some([...SUPPORT_KINDS]) as fc.Arbitrary<Asker['kinds']>,
  themes: fc.uniqueArray(fc.record({ code: fc.constantFrom(...THEMES), weight: fc.integer({ min: 1, max: 1000 }) }), {
    maxLength: 3,
    selector: (theme) => theme.code
  }),
  publics: some(PUBLICS.slice(0, 3)),
  languages: some(LANGUAGES),
  accessibility: some(FEATURES),
  areas: fc.record({
    commune: orNull(some(COMMUNES, 1)),
    epci: orNull(some(['243400017', '243000643'], 1)),
    territory: orNull(some(['valbrune'], 1)),
    departement: orNull(some(DEPARTEMENTS, 1)),
    region: orNull(some(['76', '01'], 1)),
    qpv: orNull(some(['QN03401M', 'QN03402M'], 1))
  }),
  point: orNull(point),
  legalForm: orNull(fc.constantFrom(...FORMS)),
  ageMonths: orNull(fc.nat(80)),
  employees: orNull(fc.nat(15)),
  budgetCents: orNull(fc.nat(9_000_000)),
  date: day
});

/** Supports whose ids differ, in a random order; some of them alike in all but their id, so that ties occur. */
export const someSupports: fc.Arbitrary<Support[]> = fc
  .uniqueArray(anySupport, { minLength: 1, maxLength: 25, selector: (support) => support.id })
  .map((supports) =>
    supports.flatMap((support, i) => (i % 4 === 0 ? [support, { ...support, id: `${support.id}-b` }] : [support]))
  );

/** A support to which nothing stands in the way, to start an example from. */
export function aSupport(id: string, told: Partial<Support> = {}): Support {
  return {
    id,
    kind: 'service',
    themes: ['numerique--a'],
    publics: [],
    languages: [],
    accessibility: {},
    scopes: [{ level: 'national' }],
    legalForms: [],
    ageMonths: {},
    employees: {},
    budgetCents: {},
    openFrom: null,
    openUntil: null,
    checkedOn: '2026-11-14',
    stale: false,
    load: null,
    lately: { suggested: 0, answered: 0 },
    location: null,
    ...told
  };
}

/** A new association in a priority neighbourhood, with a project for young people. */
export function anAsker(told: Partial<Asker> = {}): Asker {
  return {
    kinds: [],
    themes: [{ code: 'numerique--a', weight: 1000 }],
    publics: ['jeunes'],
    languages: [],
    accessibility: [],
    areas: {
      region: ['76'],
      territory: ['valbrune'],
      departement: ['34'],
      epci: ['243400017'],
      commune: ['34172'],
      qpv: ['QN03401M']
    },
    point: { latitude: 43.61, longitude: 3.87 },
    legalForm: 'association',
    ageMonths: 7,
    employees: 0,
    budgetCents: 800_000,
    date: '2026-11-26',
    ...told
  };
}
