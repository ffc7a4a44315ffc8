import type { AdoptTemplateRefusal } from '@terreau/features/orientation/adopt-template.command';
import type { CheckSupportRefusal } from '@terreau/features/orientation/check-support.command';
import type { MoveSupportRefusal } from '@terreau/features/orientation/move-support.command';
import type { SaveSupportRefusal } from '@terreau/features/orientation/save-support.command';
import type { SettleTemplateFieldRefusal } from '@terreau/features/orientation/settle-template-field.command';
import type { ShareSupportRefusal } from '@terreau/features/orientation/share-support.command';
import { m } from '#texts/messages.js';

type Refusal =
  | AdoptTemplateRefusal
  | CheckSupportRefusal
  | MoveSupportRefusal
  | SaveSupportRefusal
  | SettleTemplateFieldRefusal
  | ShareSupportRefusal;

export type SupportRefusal = Exclude<Refusal, 'not-found'>;

const REFUSAL_WORDS: Readonly<Record<SupportRefusal, () => string>> = {
  'follows-a-sheet': m.catalogue_refusal_follows,
  'neighbourhood-unknown': m.catalogue_refusal_neighbourhood,
  'source-missing': m.catalogue_refusal_source,
  'move-impossible': m.catalogue_refusal_move,
  'nothing-new': m.catalogue_refusal_nothing_new,
  'not-shown': m.catalogue_refusal_not_shown,
  'note-too-long': m.catalogue_refusal_note_long,
  'note-missing': m.catalogue_refusal_note_missing,
  'moved-meanwhile': m.catalogue_refusal_moved,
  'already-adopted': m.catalogue_refusal_already_adopted,
  'own-template': m.catalogue_refusal_own_template
};

export function supportRefusal(code: SupportRefusal): string {
  return REFUSAL_WORDS[code]();
}

/** What was just done, told by the address. */
export function doneText(query: URLSearchParams): string | null {
  switch (query.get('done')) {
    case 'saved':
      return m.catalogue_done_saved();
    case 'checked':
      return m.catalogue_done_checked();
    case 'moved':
      return m.catalogue_done_moved();
    case 'shared':
      return m.catalogue_done_shared({ number: String(Math.trunc(Number(query.get('number'))) || 1) });
    default:
      return null;
  }
}
