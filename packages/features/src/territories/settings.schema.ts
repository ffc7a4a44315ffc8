import * as v from 'valibot';

const LINE_MAX_CHARACTERS = 200;
const URL_MAX_CHARACTERS = 500;
const LOCAL_WORDS_MAX_COUNT = 200;

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
  v.array(v.object({ word: line, synonyms: v.array(line), themes: v.array(line) })),
  v.maxLength(LOCAL_WORDS_MAX_COUNT)
);

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
  'local-words': localWords,
  /** Above this likelihood, in thousandths, two sheets are shown to a human as perhaps the same structure. */
  'duplicate-threshold-permille': v.pipe(v.number(), v.integer(), v.minValue(500), v.maxValue(1000)),
  /** Whether a new account's publications wait for a human. */
  'review-new-accounts': v.boolean()
} as const;

export type SettingKey = keyof typeof SETTING_SCHEMAS;
export type SettingValues = { [Key in SettingKey]: v.InferOutput<(typeof SETTING_SCHEMAS)[Key]> };

export const DEFAULT_SETTINGS: SettingValues = {
  contact: null,
  'tile-service': null,
  'answer-within-working-days': 5,
  'local-words': [],
  'duplicate-threshold-permille': 700,
  'review-new-accounts': true
};

export function isSettingKey(key: string): key is SettingKey {
  return key in SETTING_SCHEMAS;
}
