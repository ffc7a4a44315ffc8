import { hoursFromWords } from '@terreau/calendar/typed-hours';
import {
  DEFAULT_SETTINGS,
  FIGURE_MARK_BOUNDS,
  type SettingKey,
  type SettingValues
} from '@terreau/features/territories/settings.schema';
import { weightValues, WEIGHTS, type WeightValues } from '@terreau/matching/weights';
import { formatNumber, formatPercent } from '#lib/formats.ts';
import { hoursToType } from '#lib/server/directory/hours.ts';
import { m } from '#texts/messages.js';

/** One line of a setting's form, and what it holds now, as text. */
export interface SettingField {
  readonly name: string;
  readonly label: string;
  readonly hint: string | null;
  readonly type: 'text' | 'textarea' | 'number' | 'email' | 'tel' | 'url' | 'yes-no';
  readonly value: string;
  readonly optional: boolean;
}

export interface SettingWords {
  readonly title: string;
  readonly text: string;
}

export const SETTING_WORDS: Readonly<Record<SettingKey, () => SettingWords>> = {
  contact: () => ({ title: m.territories_setting_contact(), text: m.territories_setting_contact_text() }),
  'answer-within-working-days': () => ({
    title: m.territories_setting_delay(),
    text: m.territories_setting_delay_text()
  }),
  'show-first-names': () => ({
    title: m.territories_setting_first_names(),
    text: m.territories_setting_first_names_text()
  }),
  'local-words': () => ({ title: m.territories_setting_words(), text: m.territories_setting_words_text() }),
  'tile-service': () => ({ title: m.territories_setting_tiles(), text: m.territories_setting_tiles_text() }),
  'review-new-accounts': () => ({ title: m.territories_setting_review(), text: m.territories_setting_review_text() }),
  'duplicate-threshold-permille': () => ({
    title: m.territories_setting_same(),
    text: m.territories_setting_same_text()
  }),
  'request-delays': () => ({ title: m.requests_setting_delays(), text: m.requests_setting_delays_text() }),
  'figure-marks': () => ({ title: m.support_marks_setting(), text: m.support_marks_setting_text() }),
  'answers-are-public': () => ({ title: m.requests_setting_answers(), text: m.requests_setting_answers_text() }),
  'members-type-for-others': () => ({ title: m.typed_setting_members(), text: m.typed_setting_members_text() }),
  'matching-weights': () => ({ title: m.territories_setting_weights(), text: m.territories_setting_weights_text() })
};

const PER_MILLE = 1000;

type RequestDelay = keyof SettingValues['request-delays'];
const REQUEST_DELAYS: Readonly<Record<RequestDelay, () => string>> = {
  remindEvery: m.requests_field_remind,
  offerStandsFor: m.requests_field_offer,
  closeAfter: m.requests_field_close,
  surveyAfter: m.requests_field_survey,
  firstBasket: m.requests_field_basket_1,
  secondBasket: m.requests_field_basket_2,
  thirdBasket: m.requests_field_basket_3
};

type FigureMark = keyof SettingValues['figure-marks'];
const FIGURE_MARKS: Readonly<Record<FigureMark, () => string>> = {
  jobsDropPercent: m.support_marks_f_jobs,
  busiestVolunteerPercent: m.support_marks_f_volunteer,
  deficitsInARow: m.support_marks_f_deficits,
  firstSourcePercent: m.support_marks_f_first,
  effectiveSources: m.support_marks_f_sources,
  cashDays: m.support_marks_f_cash,
  equityPercent: m.support_marks_f_equity,
  multiYearPercent: m.support_marks_f_multi,
  partnerships: m.support_marks_f_partnerships,
  boardResidentsPercent: m.support_marks_f_board,
  callBackWorkingDays: m.support_marks_f_call
};
const FIGURE_MARK_NAMES = Object.keys(FIGURE_MARKS) as FigureMark[];

const WEIGHT_LABELS: Readonly<Record<string, () => string>> = {
  theme: m.territories_weight_theme,
  family: m.territories_weight_family,
  public: m.territories_weight_public,
  words: m.territories_weight_words,
  near: m.territories_weight_near,
  checked: m.territories_weight_checked,
  load: m.territories_weight_load,
  turn: m.territories_weight_turn,
  'to-check': m.territories_weight_to_check,
  'near-km': m.territories_weight_near_km,
  'checked-days': m.territories_weight_checked_days,
  'near-miss-km': m.territories_weight_near_miss_km,
  'near-miss-criteria': m.territories_weight_near_miss_criteria
};

export const SETTING_KEYS = Object.keys(SETTING_WORDS) as SettingKey[];

/** The form of a setting, filled with the value in force. */
export function settingFields(key: SettingKey, values: SettingValues): SettingField[] {
  const field = (
    name: string,
    label: string,
    value: string | number | null | undefined,
    more: Partial<SettingField> = {}
  ) => ({
    name,
    label,
    value: value === null || value === undefined ? '' : String(value),
    hint: null,
    type: 'text' as const,
    optional: false,
    ...more
  });
  switch (key) {
    case 'contact': {
      const contact = values.contact;
      return [
        field('role', m.territories_field_role(), contact?.role, { hint: m.territories_field_role_hint() }),
        field('roleEn', m.territories_field_role_en(), contact?.roleEn, { optional: true }),
        field('placeName', m.territories_field_place(), contact?.placeName),
        field('address', m.territories_field_address(), contact?.address),
        field('postcode', m.territories_field_postcode(), contact?.postcode),
        field('town', m.territories_field_town(), contact?.town),
        field('openingHours', m.territories_field_hours(), hoursToType(contact?.openingHours), {
          optional: true,
          hint: m.territories_field_hours_hint()
        }),
        field('phone', m.territories_field_phone(), contact?.phone, { optional: true, type: 'tel' }),
        field('email', m.territories_field_email(), contact?.email, { optional: true, type: 'email' })
      ];
    }
    case 'answer-within-working-days':
      return [field('value', m.territories_field_days(), values[key], { type: 'number' })];
    case 'duplicate-threshold-permille':
      return [
        field('value', m.territories_field_permille(), values[key], {
          type: 'number',
          hint: m.territories_field_permille_hint()
        })
      ];
    case 'show-first-names':
      return [field('value', m.territories_setting_first_names(), values[key] ? 'yes' : 'no', { type: 'yes-no' })];
    case 'review-new-accounts':
      return [field('value', m.territories_setting_review(), values[key] ? 'yes' : 'no', { type: 'yes-no' })];
    case 'answers-are-public':
      return [field('value', m.requests_setting_answers(), values[key] ? 'yes' : 'no', { type: 'yes-no' })];
    case 'members-type-for-others':
      return [field('value', m.typed_setting_members(), values[key] ? 'yes' : 'no', { type: 'yes-no' })];
    case 'request-delays':
      return Object.entries(REQUEST_DELAYS).map(([name, label]) =>
        field(name, label(), values[key][name as RequestDelay], { type: 'number' })
      );
    case 'figure-marks':
      return FIGURE_MARK_NAMES.map((name) => {
        const [min, max] = FIGURE_MARK_BOUNDS[name];
        const hint = m.support_marks_bounds({ min, max, standard: DEFAULT_SETTINGS[key][name] });
        return field(name, FIGURE_MARKS[name](), values[key][name], { type: 'number', hint });
      });
    case 'matching-weights':
      return Object.entries({ ...weightValues(WEIGHTS), ...values[key] }).map(([name, value]) =>
        field(name, WEIGHT_LABELS[name]?.() ?? name, value, { type: 'number' })
      );
    case 'tile-service':
      return [
        field('url', m.territories_field_tiles_url(), values[key]?.url, {
          type: 'url',
          hint: m.territories_field_tiles_hint(),
          optional: true
        }),
        field('attribution', m.territories_field_tiles_attribution(), values[key]?.attribution, { optional: true })
      ];
    case 'local-words':
      return [
        field('value', m.territories_field_words(), wordsText(values[key]), {
          type: 'textarea',
          hint: m.territories_field_words_hint(),
          optional: true
        })
      ];
  }
}

/** The value that a form holds, to be checked by the command. An empty tile service means none. */
export function settingValue(key: SettingKey, form: FormData): unknown {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  switch (key) {
    case 'contact':
      return Object.fromEntries(
        ['role', 'roleEn', 'placeName', 'address', 'postcode', 'town', 'openingHours', 'phone', 'email']
          .map(
            (name) => [name, name === 'openingHours' ? (hoursFromWords(text(name)) ?? text(name)) : text(name)] as const
          )
          .filter(([, value]) => value !== '')
      );
    case 'show-first-names':
    case 'review-new-accounts':
    case 'answers-are-public':
    case 'members-type-for-others':
      return text('value') === 'yes';
    case 'request-delays':
      return Object.fromEntries(Object.keys(REQUEST_DELAYS).map((name) => [name, Number(text(name) || Number.NaN)]));
    case 'figure-marks':
      return Object.fromEntries(FIGURE_MARK_NAMES.map((name) => [name, Number(text(name) || Number.NaN)]));
    case 'matching-weights':
      return Object.fromEntries(Object.keys(WEIGHT_LABELS).map((name) => [name, Number(text(name) || Number.NaN)]));
    case 'tile-service':
      return text('url') === '' ? null : { url: text('url'), attribution: text('attribution') };
    case 'local-words':
      return wordsOf(text('value'));
    default:
      return text('value') === '' ? null : Number(text('value'));
  }
}

/** The value in force, in a line. */
export function settingSummary(key: SettingKey, value: unknown): string {
  if (value === null) return m.territories_setting_none();
  if (typeof value === 'boolean') return value ? m.territories_yes() : m.territories_no();
  if (key === 'duplicate-threshold-permille') return formatPercent(Number(value) / PER_MILLE);
  if (typeof value === 'number') return formatNumber(value);
  if (Array.isArray(value)) return m.territories_words_count({ count: value.length });
  if (key === 'matching-weights') return named(WEIGHT_LABELS, value as WeightValues);
  if (key === 'figure-marks') return marksSummary(value as SettingValues['figure-marks']);
  if (key === 'request-delays') return named(REQUEST_DELAYS, value as SettingValues['request-delays']);
  if (key === 'contact') return String((value as { placeName?: string }).placeName ?? '');
  return String((value as { url?: string }).url ?? '');
}

/** Each number with what it says: in the place that its label keeps for it, or after it. */
function named(labels: Readonly<Record<string, () => string>>, values: object): string {
  const said = Object.entries(values).map(([name, value]) => {
    const label = labels[name]?.() ?? name;
    return label.includes('…') ? label.replace('…', String(value)) : m.territories_setting_number({ label, value });
  });
  return said.join(' · ');
}

/** What a territory set otherwise than the grid. */
function marksSummary(marks: SettingValues['figure-marks']): string {
  const changed = FIGURE_MARK_NAMES.filter((name) => marks[name] !== DEFAULT_SETTINGS['figure-marks'][name]);
  if (changed.length === 0) return m.support_marks_standard();
  return changed
    .map((name) => m.support_marks_changed({ label: FIGURE_MARKS[name](), value: marks[name] }))
    .join(' · ');
}

/** One word a line: « word = synonym, synonym → theme, theme ». */
function wordsText(words: SettingValues['local-words']): string {
  return words
    .map(
      ({ word, synonyms, themes }) =>
        `${word}${synonyms.length > 0 ? ` = ${synonyms.join(', ')}` : ''}${themes.length > 0 ? ` → ${themes.join(', ')}` : ''}`
    )
    .join('\n');
}

function wordsOf(text: string): unknown {
  const list = (part: string | undefined) =>
    (part ?? '')
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [left = '', themes] = line.split(/→|->/);
      const [word = '', synonyms] = left.split('=');
      return { word: word.trim(), synonyms: list(synonyms), themes: list(themes) };
    });
}
