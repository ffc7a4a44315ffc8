import { isId } from '@terreau/kernel/ids';
import * as v from 'valibot';
import { DOSSIER_TITLE_MAX_CHARACTERS, dateField, textUpTo } from './dossier.schema.ts';
import { COMMITTEE_ROLES, CONSENT_CHANNELS } from './committee.rules.ts';
import { neededDate } from './expert.schema.ts';
import { neededText } from './plan.schema.ts';

const id = v.pipe(
  v.optional(v.string(), ''),
  v.check((text) => isId(text), 'missing')
);

export const committeeSchema = v.object({ agendaOn: neededDate, heldOn: neededDate, place: textUpTo(200) });
export type CommitteeFields = v.InferOutput<typeof committeeSchema>;

export const seatSchema = v.object({
  email: v.pipe(
    v.optional(v.string(), ''),
    v.trim(),
    v.toLowerCase(),
    v.minLength(3, 'missing'),
    v.maxLength(254, 'too-long')
  ),
  role: v.picklist(COMMITTEE_ROLES, 'missing')
});
export type SeatFields = v.InferOutput<typeof seatSchema>;

/** The consent and what is shown, together: there is no form for one without the other. */
export const agendaItemSchema = v.object({
  committee: id,
  consentedBy: id,
  consentedOn: neededDate,
  channel: v.picklist(CONSENT_CHANNELS, 'missing'),
  title: neededText(DOSSIER_TITLE_MAX_CHARACTERS),
  showsStep: v.pipe(
    v.optional(v.string(), ''),
    v.transform((text) => text === 'yes')
  ),
  summary: neededText(1500)
});
export type AgendaItemFields = v.InferOutput<typeof agendaItemSchema>;

export const opinionSchema = v.object({ item: id, opinion: neededText(1000) });
export type OpinionFields = v.InferOutput<typeof opinionSchema>;

export const minutesSchema = v.object({ item: id, minutes: textUpTo(3000), decision: textUpTo(1000) });
export type MinutesFields = v.InferOutput<typeof minutesSchema>;

export const taskSchema = v.object({ item: id, what: neededText(300), who: neededText(120, 1), dueOn: dateField });
export type TaskFields = v.InferOutput<typeof taskSchema>;
