import { readText } from '@terreau/formats/cells';
import * as v from 'valibot';
import { contactSchema, PERSON_NAME_MAX_CHARACTERS } from '../trust/assisted.schema.ts';
import { DOSSIER_MOVES, INTERRUPTION_REASONS } from './dossier-life.rules.ts';

export const DOSSIER_TITLE_MAX_CHARACTERS = 160;
export const MOVE_NOTE_MAX_CHARACTERS = 1000;
const TYPED_MAX_CHARACTERS = 5000;

const typed = () => v.pipe(v.string(), v.maxLength(TYPED_MAX_CHARACTERS, 'too-long'));

/** A text of at most `max` characters, or null when nothing was typed. */
export const textUpTo = (max: number) =>
  v.optional(
    v.pipe(
      typed(),
      v.transform(readText),
      v.check((text) => (text?.length ?? 0) <= max, 'too-long')
    ),
    ''
  );

/** A calendar date as a native control sends it, or null. */
export const dateField = v.optional(
  v.pipe(
    typed(),
    v.transform((text) => text.trim() || null),
    v.check((text) => text === null || isDate(text), 'malformed-date')
  ),
  ''
);

export const openDossierSchema = v.object({
  kind: v.picklist(['project', 'organization'] as const, 'missing'),
  title: v.pipe(
    typed(),
    v.transform((text) => readText(text) ?? ''),
    v.minLength(3, 'missing'),
    v.maxLength(DOSSIER_TITLE_MAX_CHARACTERS, 'too-long')
  ),
  organization: v.optional(typed(), ''),
  request: v.optional(typed(), ''),
  nextContactOn: dateField,
  ...contactSchema.entries,
  /** The person who carries the project; from a request they are known already. */
  name: v.optional(
    v.pipe(
      typed(),
      v.transform((text) => readText(text) ?? ''),
      v.maxLength(PERSON_NAME_MAX_CHARACTERS, 'too-long')
    ),
    ''
  ),
  /** The person was told who keeps what, how long, and how to read or erase it. */
  informed: v.optional(v.picklist(['yes', ''] as const), '')
});
export type OpenDossierFields = v.InferOutput<typeof openDossierSchema>;

export const moveDossierSchema = v.object({
  move: v.picklist(DOSSIER_MOVES, 'missing'),
  reason: v.pipe(
    v.optional(v.picklist([...INTERRUPTION_REASONS, ''] as const), ''),
    v.transform((reason) => reason || null)
  ),
  note: textUpTo(MOVE_NOTE_MAX_CHARACTERS),
  nextContactOn: dateField,
  agreedAloud: v.pipe(
    v.optional(typed(), ''),
    v.transform((text) => text === 'yes')
  ),
  version: v.pipe(typed(), v.transform(Number), v.integer('missing'))
});
export type MoveDossierFields = v.InferOutput<typeof moveDossierSchema>;

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}
