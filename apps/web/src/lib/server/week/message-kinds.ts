import { MESSAGE_KINDS, type MessageKind } from '@terreau/database/message-kinds';
import { m } from '#texts/messages.js';

const WORDS: Readonly<Record<MessageKind, { label: () => string; hint: () => string }>> = {
  alerts: { label: m.week_kind_alerts, hint: m.week_kind_alerts_hint },
  appointments: { label: m.support_appointments_kind, hint: m.support_appointments_kind_hint },
  deadlines: { label: m.funding_message_kind, hint: m.funding_message_kind_hint },
  freshness: { label: m.week_kind_freshness, hint: m.week_kind_freshness_hint },
  plans: { label: m.week_kind_plans, hint: m.week_kind_plans_hint },
  posts: { label: m.week_kind_posts, hint: m.week_kind_posts_hint },
  requests: { label: m.week_kind_requests, hint: m.week_kind_requests_hint },
  surveys: { label: m.week_kind_surveys, hint: m.week_kind_surveys_hint },
  talk: { label: m.support_talk_kind, hint: m.support_talk_kind_hint }
};

/** The kinds of message that may be refused, as a form offers them. */
export function messageKindOptions(): { value: MessageKind; label: string; hint: string }[] {
  return MESSAGE_KINDS.map((value) => ({ value, label: WORDS[value].label(), hint: WORDS[value].hint() }));
}

/** A form ticks what is wanted; what it leaves is refused. */
export function refusedIn(form: FormData): MessageKind[] {
  const wanted = new Set(form.getAll('wanted').map(String));
  return MESSAGE_KINDS.filter((kind) => !wanted.has(kind));
}
