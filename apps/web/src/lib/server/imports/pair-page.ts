import type { ComparedPair, ComparedSheet } from '@terreau/features/directory/duplicates.query';
import { MERGED_FIELDS, type MergeChoice, type MergedField } from '@terreau/features/directory/merge-fields.rules';
import { formatList, formatShortDate } from '#lib/formats.ts';
import { labelOf, type Vocabulary } from '#lib/server/directory/labels.ts';
import { LEGAL_FORM_WORDS } from '#lib/server/directory/words.ts';
import { m } from '#texts/messages.js';
import { LIKENESS_TEXTS, mergedFieldText } from './words.ts';

/** Two sheets side by side, every code in words. */
export function shownPair(pair: ComparedPair, timeZone: string) {
  return {
    id: pair.id,
    permille: pair.permille,
    reasons: pair.reasons.map((reason) => LIKENESS_TEXTS[reason]()),
    first: shownSheet(pair.first, timeZone),
    second: shownSheet(pair.second, timeZone),
    betterKept: pair.betterKept,
    fields: pair.fields
      .filter((field) => field.first !== null || field.second !== null)
      // A promise that is the same on both sides tells nothing of who they are.
      .filter((field) => field.field !== 'promise_months' || !field.isSame)
      .map((field) => ({
        field: field.field,
        label: mergedFieldText(field.field),
        first: valueText(field.field, field.first),
        second: valueText(field.field, field.second),
        isSame: field.isSame,
        isList: field.isList
      }))
  };
}

function shownSheet(sheet: ComparedSheet, timeZone: string) {
  return {
    ...sheet,
    origin: sheet.source ? m.alike_from({ source: sheet.source }) : m.alike_typed(),
    confirmed: sheet.confirmedAt
      ? m.alike_confirmed({ date: formatShortDate(sheet.confirmedAt, timeZone) })
      : m.alike_unconfirmed()
  };
}

const VOCABULARY_OF: Readonly<Partial<Record<MergedField, Vocabulary>>> = {
  themes: 'theme',
  publics: 'public',
  networks: 'network'
};

function valueText(field: MergedField, value: string | readonly string[] | null): string | null {
  if (value === null) return null;
  if (typeof value === 'string') return field === 'legal_form' ? (LEGAL_FORM_WORDS[value]?.() ?? value) : value;
  const vocabulary = VOCABULARY_OF[field];
  return formatList(value.map((code) => (vocabulary ? labelOf(vocabulary, code) : code)));
}

/** What was chosen for each field, in terms of the kept and the absorbed sheet; the proposal where nothing was. */
export function choicesIn(form: FormData, kept: 'first' | 'second'): Partial<Record<MergedField, MergeChoice>> {
  const choices: Partial<Record<MergedField, MergeChoice>> = {};
  for (const field of MERGED_FIELDS) {
    const chosen = form.get(`field-${field}`);
    if (chosen === 'both') choices[field] = 'both';
    else if (chosen === 'first' || chosen === 'second') choices[field] = chosen === kept ? 'kept' : 'absorbed';
  }
  return choices;
}
