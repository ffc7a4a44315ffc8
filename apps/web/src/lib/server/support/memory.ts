import { error, fail } from '@sveltejs/kit';
import type { FeedbackAnswer, FeedbackMoment } from '@terreau/features/support/check-up.rules';
import { CASE_PARTS, type CasePart, type CaseWords } from '@terreau/features/support/case.rules';
import { gridOf } from '@terreau/features/support/diagnosis-grid.rules';
import type { SharedCase, SimilarCase } from '@terreau/features/support/search-cases.query';
import { currentLanguage } from '#lib/languages.ts';
import { m } from '#texts/messages.js';
import type { Typed } from '../directory/forms.ts';
import { familyInWords } from './work.ts';

export const PART_WORDS: Readonly<Record<CasePart, () => string>> = {
  situation: m.support_memory_situation,
  tried: m.support_memory_tried,
  worked: m.support_memory_worked,
  failed: m.support_memory_failed,
  advice: m.support_memory_advice
};

export const MOMENT_WORDS: Readonly<Record<FeedbackMoment, () => string>> = {
  closing: m.support_memory_moment_closing,
  '6': m.support_memory_moment_6,
  '12': m.support_memory_moment_12,
  '24': m.support_memory_moment_24
};

export const FEEDBACK_ANSWER_WORDS: Readonly<Record<FeedbackAnswer, () => string>> = {
  yes: m.support_memory_yes,
  partly: m.support_memory_partly,
  no: m.support_memory_no
};

/** The ten dimensions of the diagnosis, to choose among or to name. */
export function dimensionOptions(): { value: string; label: string }[] {
  return gridOf('full', currentLanguage()).map(({ code, title }) => ({ value: code, label: title }));
}

export function dimensionInWords(code: string): string {
  return dimensionOptions().find(({ value }) => value === code)?.label ?? code;
}

/** What a case says, part by part; what is empty is left out. */
export function partsInWords(words: CaseWords) {
  return CASE_PARTS.flatMap((part) => {
    const text = words[part];
    return text ? [{ part, title: PART_WORDS[part](), text }] : [];
  });
}

/** What a case is about: dimensions of the diagnosis, then themes. */
export function aboutInWords(about: { readonly dimensions: readonly string[]; readonly themes: readonly string[] }) {
  return [
    ...about.dimensions.map(dimensionInWords),
    ...about.themes.map((theme) => familyInWords(theme.split('--')[0]!))
  ];
}

export function caseInWords(one: SharedCase) {
  return {
    id: one.id,
    title: one.words.title,
    name: one.name,
    about: [...new Set(aboutInWords(one))],
    parts: partsInWords(one.words)
  };
}

/** A case offered to a dossier, with why: what both work on. */
export function similarInWords(one: SimilarCase) {
  return { id: one.id, title: one.words.title, because: aboutInWords(one.because).join(', ') };
}

const REFUSALS: Readonly<Record<string, (details: { name: string }) => string>> = {
  'case-not-yours': m.support_memory_refusal_not_yours,
  'case-published': m.support_memory_refusal_published,
  'case-empty': m.support_memory_refusal_empty,
  'case-names-somebody': m.support_memory_refusal_names,
  'case-missing': m.support_memory_refusal_missing,
  'carrier-missing': m.support_memory_refusal_carrier,
  'not-the-time': m.support_memory_refusal_time
};

/** A form of living memory sent back with what a command refused; what was typed stays. */
export function failMemory(
  refusal: { readonly code: string; readonly details: Readonly<Record<string, string | number>> },
  values: Typed
) {
  if (refusal.code === 'not-found') error(404);
  const field = refusal.code === 'case-empty' ? 'worked' : '';
  const errors: Record<string, string> = {
    [field]: REFUSALS[refusal.code]!({ name: String(refusal.details['name'] ?? '') })
  };
  return fail(409, { values, errors });
}
