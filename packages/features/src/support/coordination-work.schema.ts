import { isId } from '@terreau/kernel/ids';
import * as v from 'valibot';
import { dateField, textUpTo } from './dossier.schema.ts';
import { minutesField, themesField } from './note.schema.ts';

export const COORDINATION_WORK_KINDS = [
  'animation',
  'event',
  'partnership',
  'partner-meeting',
  'training',
  'administration'
] as const;
export type CoordinationWorkKind = (typeof COORDINATION_WORK_KINDS)[number];

export const COORDINATION_SENTENCE_MAX_CHARACTERS = 300;
const TYPED_MAX_CHARACTERS = 100;

export const coordinationWorkSchema = v.object({
  /** Made with the form: the same form sent twice is one line. */
  clientId: v.pipe(
    v.string(),
    v.maxLength(TYPED_MAX_CHARACTERS, 'too-long'),
    v.check((text) => isId(text), 'malformed')
  ),
  happenedOn: v.pipe(
    dateField,
    v.check((date) => date !== null, 'missing')
  ),
  minutes: v.pipe(
    minutesField,
    v.check((minutes) => minutes !== 0, 'malformed-minutes')
  ),
  kind: v.picklist(COORDINATION_WORK_KINDS, 'missing'),
  sentence: v.pipe(
    textUpTo(COORDINATION_SENTENCE_MAX_CHARACTERS),
    v.check((text) => text !== null, 'missing')
  ),
  themes: themesField,
  neighbourhood: v.optional(v.pipe(v.string(), v.maxLength(TYPED_MAX_CHARACTERS, 'too-long')), '')
});
export type CoordinationWorkFields = v.InferOutput<typeof coordinationWorkSchema>;
