import { PUBLICS, THEMES, isCodeOf } from '@terreau/formats/vocabulary';
import * as v from 'valibot';
import { DOORS } from './door.schema.ts';
import { CHOICES_MAX_COUNT } from './intake-check.rules.ts';
import type { IntakeQuestion, Signal } from './intake.rules.ts';

const INTAKE_TEXT_MAX_CHARACTERS = 300;
export const SUPPORT_KINDS = ['service', 'person', 'room', 'equipment', 'training', 'funding', 'information'] as const;
export const SIGNALS_MAX_COUNT = 6;
const PRECONDITIONS_MAX_COUNT = 5;

/** A line of signals as a form sends them: `theme:mobilite--preparer-un-permis`. */
export function readSignal(text: string): Signal | null {
  const [about, code = ''] = text.split(':');
  if (about === 'theme') return isCodeOf(THEMES, code) ? { about, code } : null;
  if (about === 'public') return isCodeOf(PUBLICS, code) ? { about, code } : null;
  if (about === 'kind') return (SUPPORT_KINDS as readonly string[]).includes(code) ? { about, code } : null;
  return null;
}

const text = v.pipe(v.string(), v.trim(), v.maxLength(INTAKE_TEXT_MAX_CHARACTERS, 'too-long'));
const bothWords = v.object({ fr: text, en: text });
const key = v.pipe(v.string(), v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'malformed-key'), v.maxLength(60, 'malformed-key'));
const signal = v.pipe(
  v.object({ about: v.picklist(['theme', 'public', 'kind'] as const), code: v.string() }),
  v.check(({ about, code }) => readSignal(`${about}:${code}`) !== null, 'unknown-code')
);

/** A question as it is written: what is wrong with the list as a whole is told by `checkIntake`. */
export const intakeQuestionSchema: v.GenericSchema<unknown, IntakeQuestion> = v.object({
  key,
  text: bothWords,
  why: bothWords,
  how: bothWords,
  doors: v.array(v.picklist(DOORS)),
  choices: v.pipe(
    v.array(v.object({ key, label: bothWords, signals: v.pipe(v.array(signal), v.maxLength(SIGNALS_MAX_COUNT)) })),
    v.maxLength(CHOICES_MAX_COUNT)
  ),
  needs: v.pipe(v.array(v.object({ question: key, choices: v.array(key) })), v.maxLength(PRECONDITIONS_MAX_COUNT))
});
