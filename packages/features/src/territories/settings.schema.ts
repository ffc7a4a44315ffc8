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

const whole = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));

/** Between what each mark of the key figures may be set. */
export const FIGURE_MARK_BOUNDS = {
  jobsDropPercent: [1, 100],
  busiestVolunteerPercent: [1, 100],
  deficitsInARow: [1, 5],
  firstSourcePercent: [1, 100],
  effectiveSources: [1, 10],
  cashDays: [1, 365],
  equityPercent: [0, 100],
  multiYearPercent: [0, 100],
  partnerships: [0, 50],
  boardResidentsPercent: [0, 100],
  callBackWorkingDays: [1, 10]
} as const;

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
    remindEvery: whole(2, 60),
    /** An offer without answer ends, and the request comes back to the team. */
    offerStandsFor: whole(2, 60),
    /** A request to which nothing has happened closes, with a next step. */
    closeAfter: whole(10, 365),
    /** The three questions are asked so long after the end. */
    surveyAfter: whole(0, 90),
    /** From so many days without any gesture, a request falls into the first, second and third basket. */
    firstBasket: whole(1, 365),
    secondBasket: whole(1, 365),
    thirdBasket: whole(1, 365)
  }),
  /**
   * From where a key figure (K1 to K12) is to be talked about: percentages, days and counts. `callBackWorkingDays`: within
   * how many the call is made that a private alert promises.
   */
  'figure-marks': v.object({
    jobsDropPercent: whole(...FIGURE_MARK_BOUNDS.jobsDropPercent),
    busiestVolunteerPercent: whole(...FIGURE_MARK_BOUNDS.busiestVolunteerPercent),
    deficitsInARow: whole(...FIGURE_MARK_BOUNDS.deficitsInARow),
    firstSourcePercent: whole(...FIGURE_MARK_BOUNDS.firstSourcePercent),
    effectiveSources: whole(...FIGURE_MARK_BOUNDS.effectiveSources),
    cashDays: whole(...FIGURE_MARK_BOUNDS.cashDays),
    equityPercent: whole(...FIGURE_MARK_BOUNDS.equityPercent),
    multiYearPercent: whole(...FIGURE_MARK_BOUNDS.multiYearPercent),
    partnerships: whole(...FIGURE_MARK_BOUNDS.partnerships),
    boardResidentsPercent: whole(...FIGURE_MARK_BOUNDS.boardResidentsPercent),
    callBackWorkingDays: whole(...FIGURE_MARK_BOUNDS.callBackWorkingDays)
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
  'figure-marks': {
    jobsDropPercent: 25,
    busiestVolunteerPercent: 50,
    deficitsInARow: 2,
    firstSourcePercent: 60,
    effectiveSources: 2,
    cashDays: 30,
    equityPercent: 0,
    multiYearPercent: 0,
    partnerships: 0,
    boardResidentsPercent: 0,
    callBackWorkingDays: 2
  },
  'answers-are-public': false,
  'members-type-for-others': false,
  'matching-weights': null
};

export function isSettingKey(key: string): key is SettingKey {
  return key in SETTING_SCHEMAS;
}
