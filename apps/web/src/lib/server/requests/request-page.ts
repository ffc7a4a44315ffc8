import { displayPhone } from '@terreau/formats/cells';
import type { ShownMove, ShownOffer, ShownRequest } from '@terreau/features/orientation/find-request.query';
import type { Debt } from '@terreau/features/orientation/request-delays.rules';
import type { SharedLine } from '@terreau/features/orientation/shared-fields.rules';
import { formatDate, formatList, formatLocalDate, formatShortDate, formatTime } from '#lib/formats.ts';
import { currentLanguage } from '#lib/languages.ts';
import { labelsOf } from '#lib/server/directory/labels.ts';
import { m } from '#texts/messages.js';
import {
  fieldWords,
  moverWords,
  moveWords,
  offerReasonWords,
  promiseWords,
  reachedWords,
  reasonWords,
  stateWords
} from './words.ts';

/** A request as its page says it: codes in words, dates on the walls of the territory. */
export function requestInWords(request: ShownRequest, timeZone: string) {
  return {
    id: request.id,
    state: request.state,
    stateText: stateWords(request.state),
    version: request.version,
    title: request.lines.find((line) => line.field === 'sentence')?.text ?? '',
    sent: m.requests_sent_on({ date: formatDate(request.submittedAt, timeZone) }),
    hasVoice: request.hasVoice,
    visibility: request.visibility === 'partners' ? m.requests_partners_too() : m.requests_only_team(),
    lines: request.lines.filter((line) => line.field !== 'sentence').map(lineInWords),
    responsible: request.responsible,
    isAnswered: request.answeredAt !== null,
    owed: request.owed.map((debt) => debtInWords(debt, request, timeZone)),
    closesOn: request.closesOn && m.requests_closes_on({ date: formatLocalDate(request.closesOn) }),
    nextStep: request.nextStep,
    moves: request.moves.map((move) => moveInWords(move, timeZone)),
    offers: request.offers.map((offer) => offerInWords(offer, timeZone)),
    promises: request.promises.map((promise) => ({
      id: promise.id,
      text: m.requests_promise_line({ kind: promiseWords(promise.kind), date: formatLocalDate(promise.on) }),
      by: promise.by && m.requests_promise_by({ name: promise.by }),
      note: promise.note
    })),
    survey: request.survey && {
      ...request.survey,
      answered: request.survey.answeredAt && formatShortDate(request.survey.answeredAt, timeZone)
    },
    possible: request.possible as readonly string[],
    team: request.team.map(({ id, name }) => ({ value: id, label: name })),
    responsibleId: request.responsibleId
  };
}

/** What was asked, or what is shared of it: one line. A telephone can be dialled. */
export function lineInWords({ field, text }: SharedLine) {
  const href = field === 'phone' ? `tel:${text}` : field === 'email' ? `mailto:${text}` : null;
  return { field, label: fieldWords(field), text: textOf(field, text), href };
}

function textOf(field: string, text: string): string {
  if (field === 'phone') return displayPhone(text);
  if (field === 'reached-by') return reachedWords(text);
  if (field === 'language') return languageName(text);
  return field === 'themes' ? formatList(labelsOf('theme', text.split(', '))) : text;
}

function languageName(code: string): string {
  return new Intl.DisplayNames(currentLanguage(), { type: 'language' }).of(code) ?? code;
}

function debtInWords(debt: Debt, request: ShownRequest, timeZone: string): string {
  if (debt.by === 'partner') {
    const name = request.offers.find((offer) => offer.id === debt.offerId)?.name ?? '';
    return debt.what === 'reply' ? m.requests_owed_reply({ name }) : m.requests_owed_follow_up({ name });
  }
  const due = `${formatShortDate(request.answerDueAt, timeZone)}, ${formatTime(request.answerDueAt, timeZone)}`;
  const words = {
    decision: () => m.requests_owed_decision(),
    answer: () => m.requests_owed_answer({ date: due }),
    'next-step': () => m.requests_owed_next_step(),
    'call-partner': () => m.requests_owed_call_partner(),
    promise: () => m.requests_owed_promise()
  };
  return words[debt.what]();
}

function moveInWords(move: ShownMove, timeZone: string) {
  const name = move.by ?? moverWords(move.as);
  return {
    text: moveWords(move.move),
    reason: move.reason && reasonWords(move.move, move.reason),
    note: move.note,
    by: move.as === 'platform' ? moverWords(move.as) : m.requests_history_by({ name }),
    at: formatDate(move.at, timeZone)
  };
}

function offerInWords(offer: ShownOffer, timeZone: string) {
  const states: Readonly<Record<string, () => string>> = {
    pending: () => m.requests_offer_state_pending({ date: formatShortDate(offer.expiresAt, timeZone) }),
    accepted: () => (offer.kind === 'hand-over' ? m.requests_offer_handed() : m.requests_offer_state_accepted()),
    refused: m.requests_offer_state_refused,
    expired: m.requests_offer_state_expired,
    withdrawn: m.requests_offer_state_withdrawn,
    done: m.requests_offer_state_done
  };
  return {
    id: offer.id,
    name: offer.name,
    state: offer.state,
    stateText: states[offer.state]?.() ?? offer.state,
    reason: offer.reason && offerReasonWords(offer.reason),
    note: offer.note,
    shared: m.requests_offer_shared({ list: formatList(offer.shared.map(fieldWords)) }),
    toBeCalled: !offer.hasAddress && (offer.state === 'pending' || offer.state === 'accepted')
  };
}
