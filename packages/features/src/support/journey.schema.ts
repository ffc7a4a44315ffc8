import * as v from 'valibot';
import { INTERRUPTION_REASONS } from './dossier-life.rules.ts';
import { dateField, textUpTo } from './dossier.schema.ts';
import { STEP_LAST } from './journey.rules.ts';
import { STEP_DECISIONS } from './step-decision.rules.ts';

export const DECISION_REASON_MAX_CHARACTERS = 300;
const TYPED_MAX_CHARACTERS = 40;
const ACTION_TYPED_MAX_CHARACTERS = 5000;

/** A step, or null where none was chosen. */
const stepField = v.pipe(
  v.optional(v.pipe(v.string(), v.maxLength(TYPED_MAX_CHARACTERS, 'too-long')), ''),
  v.transform((text) => (text === '' ? null : Number(text))),
  v.check((step) => step === null || (Number.isInteger(step) && step >= 0 && step <= STEP_LAST), 'missing')
);

export const decideStepSchema = v.object({
  decision: v.picklist(STEP_DECISIONS, 'missing'),
  toStep: stepField,
  reason: textUpTo(DECISION_REASON_MAX_CHARACTERS),
  /** Of the allowed list; nothing has to be said. */
  stopReason: v.pipe(
    v.optional(v.picklist([...INTERRUPTION_REASONS, ''] as const), ''),
    v.transform((reason) => reason || null)
  ),
  nextContactOn: dateField,
  version: v.pipe(v.string(), v.maxLength(TYPED_MAX_CHARACTERS, 'too-long'), v.transform(Number), v.integer('missing'))
});
export type DecideStepFields = v.InferOutput<typeof decideStepSchema>;

export const planNextActionSchema = v.object({
  action: v.optional(v.pipe(v.string(), v.maxLength(ACTION_TYPED_MAX_CHARACTERS, 'too-long')), ''),
  contactOn: dateField
});
