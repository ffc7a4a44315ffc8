import { DOORS } from '@terreau/features/orientation/door.schema';
import { CHOICES_MAX_COUNT } from '@terreau/features/orientation/intake-check.rules';
import type { IntakeQuestion } from '@terreau/features/orientation/intake.rules';
import { readSignal, SIGNALS_MAX_COUNT } from '@terreau/features/orientation/intake.schema';
import { formText } from '#lib/server/trust/form-text.ts';

const KEY_MAX_CHARACTERS = 40;

/** The question that a form holds; rows left empty are no choices. Keys of new things are made from their French words. */
export function readQuestion(form: FormData, key: string | null, others: readonly IntakeQuestion[]): IntakeQuestion {
  const both = (name: string) => ({ fr: formText(form, `${name}Fr`).trim(), en: formText(form, `${name}En`).trim() });
  const text = both('text');
  const taken = new Set(others.map((one) => one.key));
  return {
    key: key ?? freeKey(text.fr, taken),
    text,
    why: both('why'),
    how: both('how'),
    doors: DOORS.filter((door) => form.getAll('doors').includes(door)),
    choices: readChoices(form),
    needs: others
      .map((one) => ({
        question: one.key,
        choices: one.choices
          .map((choice) => choice.key)
          .filter((answer) => form.getAll(`need-${one.key}`).includes(answer))
      }))
      .filter(({ choices }) => choices.length > 0)
  };
}

function readChoices(form: FormData): IntakeQuestion['choices'] {
  const taken = new Set<string>();
  const choices = [];
  for (let row = 0; row < CHOICES_MAX_COUNT; row += 1) {
    const label = {
      fr: formText(form, `choice-${row}-fr`).trim(),
      en: formText(form, `choice-${row}-en`).trim()
    };
    if (label.fr === '') continue;
    const known = formText(form, `choice-${row}-key`);
    const key = known !== '' && !taken.has(known) ? known : freeKey(label.fr, taken);
    taken.add(key);
    const signals = Array.from({ length: SIGNALS_MAX_COUNT }, (_, place) =>
      readSignal(formText(form, `choice-${row}-signal-${place}`))
    ).filter((signal) => signal !== null);
    choices.push({ key, label, signals });
  }
  return choices;
}

function freeKey(words: string, taken: ReadonlySet<string>): string {
  const base =
    words
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, KEY_MAX_CHARACTERS)
      .replace(/^-+|-+$/g, '') || 'question';
  for (let count = 1; ; count += 1) {
    const key = count === 1 ? base : `${base}-${count}`;
    if (!taken.has(key)) return key;
  }
}
