import {
  FREQUENCIES,
  type Frequency,
  type SearchCriteria,
  type SearchSubject
} from '@terreau/features/alerts/alerts.schema';
import type { DirectoryGround } from '@terreau/features/directory/directory-ground.query';
import { KIND_WORDS as SUPPORT_KIND_WORDS } from '#lib/server/catalogue/words.ts';
import { CATEGORY_WORDS } from '#lib/server/directory/words.ts';
import { labelOf } from '#lib/server/directory/labels.ts';
import { m } from '#texts/messages.js';

const SUBJECT_WORDS: Readonly<Record<SearchSubject, () => string>> = {
  directory: m.week_alert_about_directory,
  need: m.week_alert_about_need,
  offer: m.week_alert_about_offer,
  support: m.week_alert_about_support
};

const FREQUENCY_WORDS: Readonly<Record<Frequency, () => string>> = {
  daily: m.week_alert_daily,
  weekly: m.week_alert_weekly,
  monthly: m.week_alert_monthly,
  never: m.week_alert_never
};

export function frequencyOptions(): { value: Frequency; label: string }[] {
  const inOrder = FREQUENCIES.filter((frequency) => frequency !== 'never');
  return [...inOrder, 'never' as const].map((value) => ({ value, label: FREQUENCY_WORDS[value]() }));
}

/** A search as its owner will recognise it: where, then what. */
export function searchInWords(about: SearchSubject, criteria: SearchCriteria, ground: DirectoryGround): string {
  const kindWords: Readonly<Record<string, () => string>> = about === 'support' ? SUPPORT_KIND_WORDS : KIND_WORDS;
  const neighbourhood = ground.neighbourhoods.find(({ id }) => id === criteria.neighbourhoodId)?.name;
  const what = [
    ...(criteria.text ? [`« ${criteria.text} »`] : []),
    ...(criteria.themes ?? []).map((code) => labelOf('theme', code)),
    ...(criteria.publics ?? []).map((code) => labelOf('public', code)),
    ...(criteria.kinds ?? []).flatMap((kind) => kindWords[kind]?.() ?? []),
    ...(criteria.category ? [(CATEGORY_WORDS as Record<string, () => string>)[criteria.category]?.() ?? ''] : []),
    ...(criteria.fees ? [labelOf('fee', criteria.fees)] : []),
    ...(neighbourhood ? [neighbourhood] : [])
  ].filter((text) => text !== '');
  return `${SUBJECT_WORDS[about]()} : ${what.length > 0 ? what.join(' · ') : m.week_alert_everything()}`;
}

const KIND_WORDS: Readonly<Record<string, () => string>> = {
  service: m.directory_kind_service,
  need: m.directory_kind_need,
  offer: m.directory_kind_offer
};
