import { isId } from '@terreau/kernel/ids';
import * as v from 'valibot';
import { dateField, textUpTo } from './dossier.schema.ts';
import { neededText, PLANNED_MAX_MINUTES, timeUpTo } from './plan.schema.ts';

/** A date that may not be missing. */
export const neededDate = v.pipe(
  dateField,
  v.check((date) => date !== null, 'missing'),
  v.transform((date) => date!)
);

export const expertNeedSchema = v.object({
  what: neededText(300),
  why: neededText(1000),
  planned: timeUpTo(PLANNED_MAX_MINUTES),
  beforeOn: dateField,
  howChosen: neededText(500),
  action: v.optional(v.string(), '')
});
export type ExpertNeedFields = v.InferOutput<typeof expertNeedSchema>;

export const expertProposalSchema = v.object({
  /** `account:` or `support:` and an id; empty when the name is typed. */
  who: v.pipe(
    v.optional(v.string(), ''),
    v.check((text) => text === '' || /^(account|support):/.test(text), 'missing'),
    v.transform((text) => {
      const [kind, id] = text.split(':');
      return isId(id) ? { kind: kind as 'account' | 'support', id } : null;
    })
  ),
  name: textUpTo(120),
  offer: textUpTo(1000),
  agreedOn: neededDate
});
export type ExpertProposalFields = v.InferOutput<typeof expertProposalSchema>;

export const expertChoiceSchema = v.object({
  proposal: v.pipe(
    v.optional(v.string(), ''),
    v.check((text) => isId(text), 'missing')
  ),
  chosenOn: neededDate,
  peoplePresent: neededText(500),
  chosenWhy: neededText(1000),
  startsOn: neededDate,
  endsOn: neededDate,
  missionTime: timeUpTo(PLANNED_MAX_MINUTES),
  deliverable: neededText(500)
});
export type ExpertChoiceFields = v.InferOutput<typeof expertChoiceSchema>;

export const expertHoursSchema = v.object({
  workedOn: neededDate,
  minutes: v.pipe(
    timeUpTo(1440),
    v.check((minutes) => minutes > 0, 'malformed-minutes')
  ),
  what: textUpTo(200)
});
export type ExpertHoursFields = v.InferOutput<typeof expertHoursSchema>;

export const expertDeliverySchema = v.object({ deliveredOn: neededDate, deliveredWords: neededText(1000) });
export type ExpertDeliveryFields = v.InferOutput<typeof expertDeliverySchema>;

export const FEEDBACK_SIDES = ['structure', 'expert'] as const;
export const FEEDBACK_ANSWERS = ['yes', 'partly', 'no'] as const;

export interface ExpertFeedbackFields {
  readonly side: (typeof FEEDBACK_SIDES)[number];
  readonly first: (typeof FEEDBACK_ANSWERS)[number];
  readonly second: string | null;
  readonly third: string | null;
}

/** The three answers of one side. Both forms may stand on one page: each field has its side before its name. */
export function expertFeedbackSchema(side: ExpertFeedbackFields['side']) {
  const fields = { first: `${side}-first`, second: `${side}-second`, third: `${side}-third` };
  return v.pipe(
    v.intersect([
      v.object({ [fields.first]: v.picklist(FEEDBACK_ANSWERS, 'missing') }),
      v.object({ [fields.second]: textUpTo(500), [fields.third]: textUpTo(500) })
    ]),
    v.transform((typed): ExpertFeedbackFields => ({
      side,
      first: typed[fields.first] as ExpertFeedbackFields['first'],
      second: typed[fields.second] ?? null,
      third: typed[fields.third] ?? null
    }))
  );
}
