import type { ShownFields } from '@terreau/features/support/sharing.rules';
import { labelsOf } from '#lib/server/directory/labels.ts';
import { m } from '#texts/messages.js';

type Shown = Omit<ShownFields, 'mark' | 'neighbourhood'> & { readonly neighbourhood: string | null };

/** What a project shows outside of its circle, line by line; nothing of what was not written. */
export function shownLines(fields: Shown): { label: string; text: string }[] {
  const lines = [
    { label: m.support_journey_field_title(), text: fields.title },
    { label: m.support_journey_field_sentence(), text: fields.sentence },
    { label: m.support_journey_field_for_whom(), text: fields.forWhom },
    { label: m.support_journey_field_place_words(), text: fields.placeWords },
    { label: m.support_journey_field_neighbourhood(), text: fields.neighbourhood },
    { label: m.support_journey_field_themes(), text: labelsOf('theme', fields.themes).join(', ') },
    { label: m.support_journey_field_aim(), text: fields.aim },
    { label: m.support_journey_field_first_actions(), text: fields.firstActions },
    { label: m.support_journey_field_hoped_change(), text: fields.hopedChange }
  ];
  return lines.flatMap(({ label, text }) => (text ? [{ label, text }] : []));
}
