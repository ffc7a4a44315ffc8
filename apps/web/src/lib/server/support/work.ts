import { COORDINATION_WORK_KINDS, type CoordinationWorkKind } from '@terreau/features/support/coordination-work.schema';
import { THEME_GROUPS } from '@terreau/formats/vocabulary';
import { currentLanguage } from '#lib/languages.ts';
import { m } from '#texts/messages.js';
import type { Typed } from '../directory/forms.ts';
import { optionsOf } from './words.ts';

export const WORK_KIND_WORDS: Readonly<Record<CoordinationWorkKind, () => string>> = {
  animation: m.support_work_kind_animation,
  event: m.support_work_kind_event,
  partnership: m.support_work_kind_partnership,
  'partner-meeting': m.support_work_kind_partner_meeting,
  training: m.support_work_kind_training,
  administration: m.support_work_kind_administration
};

/** What the form of a line of coordination time offers. */
export function workChoices(neighbourhoods: readonly { readonly id: string; readonly name: string }[]) {
  return {
    kinds: optionsOf(WORK_KIND_WORDS, COORDINATION_WORK_KINDS),
    themes: familyOptions(),
    neighbourhoods: neighbourhoods.map(({ id, name }) => ({ value: id, label: name }))
  };
}

/** The sixteen families of themes. */
export function familyOptions(): { value: string; label: string }[] {
  return THEME_GROUPS.map((group) => ({ value: group.code, label: familyInWords(group.code) }));
}

export function familyInWords(code: string): string {
  const group = THEME_GROUPS.find((one) => one.code === code);
  if (!group) return code;
  return currentLanguage() === 'en' ? group.labelEn : group.label;
}

/** The form with one duration: what was typed, else what was tapped. */
export function withMinutes(values: Typed): Typed {
  const typed = values['minutes'];
  const minutes = typed !== undefined && typed !== '' ? typed : (values['minutesChip'] ?? '');
  return { ...values, minutes };
}
