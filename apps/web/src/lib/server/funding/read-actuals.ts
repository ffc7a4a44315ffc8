import { fail } from '@sveltejs/kit';
import { ACTUAL_EXPLANATION_MAX_CHARACTERS, eurosField } from '@terreau/features/funding/budget.schema';
import * as v from 'valibot';
import { textIn, type Typed } from '#lib/server/directory/forms.ts';
import { problemInWords } from './words.ts';

const amount = eurosField();

/** What came for each line of the form, by the id of the line; or the form sent back with what is wrong. */
export function readActuals(values: Typed) {
  const actuals = new Map<string, { cents: number | null; explanation: string | null }>();
  const errors: Record<string, string> = {};
  for (const name of Object.keys(values)) {
    const id = /^actual-(.+)$/.exec(name)?.[1];
    if (!id) continue;
    const read = v.safeParse(amount, textIn(values, name));
    const explanation = textIn(values, `why-${id}`).trim() || null;
    if (!read.success) errors[name] = problemInWords('malformed-amount');
    else if ((explanation?.length ?? 0) > ACTUAL_EXPLANATION_MAX_CHARACTERS)
      errors[`why-${id}`] = problemInWords('too-long');
    else actuals.set(id, { cents: read.output, explanation });
  }
  return Object.keys(errors).length > 0
    ? { ok: false as const, answer: fail(422, { values, errors }) }
    : { ok: true as const, actuals };
}
