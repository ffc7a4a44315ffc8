import { withValues } from '@terreau/matching/weights';
import * as v from 'valibot';

const LINE_MAX_CHARACTERS = 200;
const URL_MAX_CHARACTERS = 500;
const LOCAL_WORDS_MAX_COUNT = 200;
const LOCAL_WORD_SYNONYMS_MAX_COUNT = 20;
const LOCAL_WORD_THEMES_MAX_COUNT = 10;

const line = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(LINE_MAX_CHARACTERS));

/** Who answers, where and when: roles, never a person's name. */
const contact = v.object({
  role: line,
  roleEn: v.optional(line),
  placeName: line,
  address: line,
  postcode: v.pipe(v.string(), v.regex(/^\d{5}$/)),
  town: line,
  /** OSM syntax. */
  openingHours: v.optional(v.pipe(v.string(), v.maxLength(1000))),
  phone: v.optional(v.pipe(v.string(), v.maxLength(30))),
  email: v.optional(v.pipe(v.string(), v.email(), v.maxLength(254)))
});

/** A word of the place and the data·inclusion themes that it stands for. */
const localWords = v.pipe(
  v.array(
    v.object({
      word: line,
      synonyms: v.pipe(v.array(line), v.maxLength(LOCAL_WORD_SYNONYMS_MAX_COUNT)),
      themes: v.pipe(v.array(line), v.maxLength(LOCAL_WORD_THEMES_MAX_COUNT))
    })
  ),
  v.maxLength(LOCAL_WORDS_MAX_COUNT)
);

const days = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));

/**
 * What a territory may set, key by key. A key that was never set has the value of {@link DEFAULT_SETTINGS}.
 * Each change is a row with its author, date and reason: the history is never lost.
 */
export const SETTING_SCHEMAS = {
  contact: v.nullable(contact),
  /** A tile service for the map's background, off by default: without it the map asks nobody anything. */
  'tile-service': v.nullable(
    v.object({
      url: v.pipe(v.string(), v.url(), v.startsWith('https://'), v.maxLength(URL_MAX_CHARACTERS)),
      attribution: line
    })
  ),
  'answer-within-working-days': v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(30)),
  /** Whether somebody who asks is told the first name of whoever answers, beside their role. */
  'show-first-names': v.boolean(),
  'local-words': localWords,
  /** Above this likelihood, in thousandths, two sheets are shown to a human as perhaps the same structure. */
  'duplicate-threshold-permille': v.pipe(v.number(), v.integer(), v.minValue(500), v.maxValue(1000)),
  /** Whether a new account's publications wait for a human. */
  'review-new-accounts': v.boolean(),
  /** The pace of a request, in days, but for the first answer, which `answer-within-working-days` promises. */
  'request-delays': v.object({
    /** Whoever owes something is reminded at this pace. */
    remindEvery: days(2, 60),
    /** An offer without answer ends, and the request comes back to the team. */
    offerStandsFor: days(2, 60),
    /** A request to which nothing has happened closes, with a next step. */
    closeAfter: days(10, 365),
    /** The three questions are asked so long after the end. */
    surveyAfter: days(0, 90),
    /** From so many days without any gesture, a request falls into the first, second and third basket. */
    firstBasket: days(1, 365),
    secondBasket: days(1, 365),
    thirdBasket: days(1, 365)
  }),
  /** Whether anybody may read how often and how fast each structure answers. */
  'answers-are-public': v.boolean(),
  /** Whether members of the territory's structures, besides its team, may type a request for somebody who is with them. */
  'members-type-for-others': v.boolean(),
  /** What a territory changed of the weights of suggestions (`packages/matching/src/weights.ts`); null: nothing. */
  'matching-weights': v.nullable(
    v.pipe(
      v.record(v.string(), v.number()),
      v.rawCheck(({ dataset, addIssue }) => {
        const verdict = dataset.typed ? withValues(dataset.value) : null;
        if (!dataset.typed || !verdict || verdict.ok) return;
        const key = String(verdict.details['name']);
        const at = { type: 'object', origin: 'value', input: dataset.value, key, value: dataset.value[key] } as const;
        addIssue({ message: verdict.code, path: [at] });
      })
    )
  )
} as const;

export type SettingKey = keyof typeof SETTING_SCHEMAS;
export type SettingValues = { [Key in SettingKey]: v.InferOutput<(typeof SETTING_SCHEMAS)[Key]> };

export const DEFAULT_SETTINGS: SettingValues = {
  contact: null,
  'tile-service': null,
  'answer-within-working-days': 5,
  'show-first-names': true,
  'local-words': [],
  'duplicate-threshold-permille': 700,
  'review-new-accounts': true,
  'request-delays': {
    remindEvery: 10,
    // One reminder, whose link lives eight days, and then the request comes back.
    offerStandsFor: 18,
    closeAfter: 30,
    surveyAfter: 7,
    firstBasket: 9,
    secondBasket: 21,
    thirdBasket: 45
  },
  'answers-are-public': false,
  'members-type-for-others': false,
  'matching-weights': null
};

export function isSettingKey(key: string): key is SettingKey {
  return key in SETTING_SCHEMAS;
}
