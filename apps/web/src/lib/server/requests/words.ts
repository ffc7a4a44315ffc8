import { m } from '#texts/messages.js';

type Details = Readonly<Record<string, string | number>>;

/** Words by code. A code of which nothing is known is shown as it is rather than hidden. */
const inWords =
  (words: Readonly<Record<string, () => string>>) =>
  (code: string): string =>
    words[code]?.() ?? code;

export const listWords = inWords({
  live: m.requests_list_live,
  mine: m.requests_list_mine,
  unanswered: m.requests_list_unanswered,
  idle: m.requests_list_idle,
  'to-ask': m.requests_list_to_ask,
  moderation: m.requests_list_moderation,
  open: m.requests_list_open,
  offered: m.requests_list_offered,
  accepted: m.requests_list_accepted,
  done: m.requests_list_done,
  closed: m.requests_list_closed,
  withdrawn: m.requests_list_withdrawn
});

export const stateWords = inWords({
  moderation: m.requests_state_moderation,
  open: m.requests_state_open,
  offered: m.requests_state_offered,
  accepted: m.requests_state_accepted,
  done: m.requests_state_done,
  closed: m.requests_state_closed,
  withdrawn: m.requests_state_withdrawn
});

export const fieldWords = inWords({
  sentence: m.requests_field_sentence,
  'for-whom': m.requests_field_for_whom,
  place: m.requests_field_place,
  neighbourhood: m.requests_field_neighbourhood,
  expectation: m.requests_field_expectation,
  themes: m.requests_field_themes,
  publics: m.requests_field_publics,
  language: m.requests_field_language,
  'reached-by': m.requests_field_reached_by,
  name: m.requests_field_name,
  phone: m.requests_field_phone,
  email: m.requests_field_email
});

export const reachedWords = inWords({
  phone: m.requests_reached_phone,
  sms: m.requests_reached_sms,
  mail: m.requests_reached_mail,
  visit: m.requests_reached_visit
});

export const answerWords = inWords({
  'by-phone': m.requests_answer_by_phone,
  'by-message': m.requests_answer_by_message,
  'by-mail': m.requests_answer_by_mail,
  'in-person': m.requests_answer_in_person
});

export const promiseWords = inWords({
  call: m.requests_promise_call,
  visit: m.requests_promise_visit,
  meeting: m.requests_promise_meeting,
  message: m.requests_promise_message
});

export const outcomeWords = inWords({
  reached: m.requests_keep_reached,
  'no-answer': m.requests_keep_no_answer,
  postponed: m.requests_keep_postponed,
  cancelled: m.requests_keep_cancelled
});

export const closeWords = inWords({
  answered: m.requests_close_answered,
  oriented: m.requests_close_oriented,
  accompanied: m.requests_close_accompanied,
  'no-longer-needed': m.requests_close_no_longer_needed,
  'no-answer-from-person': m.requests_close_no_answer_from_person,
  'nothing-found': m.requests_close_nothing_found,
  'out-of-scope': m.requests_close_out_of_scope,
  spam: m.requests_close_spam
});

export const offerReasonWords = inWords({
  'not-for-us': m.requests_refusal_reason_not_for_us,
  full: m.requests_refusal_reason_full,
  'out-of-area': m.requests_refusal_reason_out_of_area,
  'too-soon': m.requests_refusal_reason_too_soon,
  'conflict-of-interest': m.requests_refusal_reason_conflict_of_interest,
  other: m.requests_refusal_reason_other
});

export const moveWords = inWords({
  submit: m.requests_move_submit,
  approve: m.requests_move_approve,
  decline: m.requests_move_decline,
  take: m.requests_move_take,
  assign: m.requests_move_assign,
  release: m.requests_move_release,
  answer: m.requests_move_answer,
  promise: m.requests_move_promise,
  'keep-promise': m.requests_move_keep_promise,
  offer: m.requests_move_offer,
  'hand-over': m.requests_move_hand_over,
  accept: m.requests_move_accept,
  refuse: m.requests_move_refuse,
  'give-back': m.requests_move_give_back,
  expire: m.requests_move_expire,
  'withdraw-offer': m.requests_move_withdraw_offer,
  done: m.requests_move_done,
  close: m.requests_move_close,
  'close-idle': m.requests_move_close_idle,
  reopen: m.requests_move_reopen,
  withdraw: m.requests_move_withdraw
});

/** Why a step was taken, whatever the step. */
export function reasonWords(move: string, reason: string): string {
  if (move === 'answer') return answerWords(reason);
  if (move === 'keep-promise') return outcomeWords(reason);
  return move === 'refuse' || move === 'give-back' ? offerReasonWords(reason) : closeWords(reason);
}

export const moverWords = inWords({
  person: m.requests_as_person,
  team: m.requests_as_team,
  partner: m.requests_as_partner,
  platform: m.requests_as_platform
});

const number = (details: Details, name: string) => Number(details[name] ?? 0);

const REFUSALS = {
  'move-for-team': () => m.requests_refusal_move_for_team(),
  'move-for-holder': () => m.requests_refusal_move_for_holder(),
  'move-for-partner': () => m.requests_refusal_move_for_partner(),
  'move-for-person': () => m.requests_refusal_move_for_person(),
  'move-for-person-or-team': () => m.requests_refusal_move_for_person_or_team(),
  'move-for-platform': () => m.requests_refusal_move_for_platform(),
  'request-is-draft': () => m.requests_refusal_request_is_draft(),
  'request-is-moderation': () => m.requests_refusal_request_is_moderation(),
  'request-is-open': () => m.requests_refusal_request_is_open(),
  'request-is-offered': () => m.requests_refusal_request_is_offered(),
  'request-is-accepted': () => m.requests_refusal_request_is_accepted(),
  'request-is-done': () => m.requests_refusal_request_is_done(),
  'request-is-closed': () => m.requests_refusal_request_is_closed(),
  'request-is-withdrawn': () => m.requests_refusal_request_is_withdrawn(),
  'reason-missing': () => m.requests_refusal_reason_missing(),
  'next-step-missing': () => m.requests_refusal_next_step_missing(),
  'next-step-too-long': (details: Details) => m.requests_refusal_next_step_too_long({ max: number(details, 'max') }),
  'note-too-long': (details: Details) => m.requests_refusal_note_too_long({ max: number(details, 'max') }),
  'moved-meanwhile': (details: Details) =>
    m.requests_refusal_moved_meanwhile({ what: moveWords(String(details['move'])).toLocaleLowerCase() }),
  'already-responsible': () => m.requests_refusal_already_responsible(),
  'not-of-the-team': () => m.requests_refusal_not_of_the_team(),
  'nobody-offered': () => m.requests_refusal_nobody_offered(),
  'actor-unknown': () => m.requests_refusal_actor_unknown(),
  'already-offered': () => m.requests_refusal_already_offered(),
  'too-many-offers': (details: Details) => m.requests_refusal_too_many_offers({ max: number(details, 'max') }),
  'nothing-shared': () => m.requests_refusal_nothing_shared(),
  'field-not-shareable': () => m.requests_refusal_field_not_shareable(),
  'consent-missing': () => m.requests_refusal_consent_missing(),
  'contact-not-shared': () => m.requests_refusal_contact_not_shared(),
  'offer-over': () => m.requests_refusal_offer_over(),
  'already-accepted': () => m.requests_refusal_already_accepted(),
  'link-unknown': () => m.requests_refusal_link_unknown(),
  'link-expired': () => m.requests_refusal_link_expired(),
  'link-used': () => m.requests_refusal_link_used(),
  'just-sent': () => m.requests_refusal_just_sent(),
  'kind-missing': () => m.requests_refusal_kind_missing(),
  'promise-date-missing': () => m.requests_refusal_promise_date_missing(),
  'promise-date-passed': () => m.requests_refusal_promise_date_passed(),
  'promise-date-too-far': (details: Details) =>
    m.requests_refusal_promise_date_too_far({ days: number(details, 'days') }),
  'already-kept': () => m.requests_refusal_already_kept(),
  'contacted-missing': () => m.requests_refusal_contacted_missing(),
  'useful-missing': () => m.requests_refusal_useful_missing(),
  'what-came-too-long': (details: Details) => m.requests_refusal_what_came_too_long({ max: number(details, 'max') }),
  'not-asked-yet': () => m.requests_refusal_not_asked_yet(),
  'gesture-unknown': () => m.requests_refusal_gesture_unknown(),
  'not-found': () => m.requests_refusal_not_found()
} satisfies Record<string, (details: Details) => string>;

export type RequestRefusal = keyof typeof REFUSALS;

/** Why something was refused, in the language of the page: a code without a sentence does not compile. */
export function requestRefusal(code: RequestRefusal, details: Details = {}): string {
  return REFUSALS[code](details);
}
