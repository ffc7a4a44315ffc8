import { answerWhen } from '@terreau/features/orientation/answer-when.rules';
import type { SentRequest } from '@terreau/features/orientation/find-sent-request.query';
import { formatDate } from '#lib/formats.ts';
import { humanContact } from '#lib/server/territories.ts';
import { m } from '#texts/messages.js';

const DOORS = { idea: m.door_word_idea, need: m.door_word_need, help: m.door_word_help };

/** A request as its own page shows it: in plain words, with who answers, before when, and where they can be met. */
export function shownRequest(request: SentRequest, language: 'fr' | 'en') {
  const { contact, answersFirstName: firstName } = request;
  const role = (language === 'en' && contact?.roleEn) || contact?.role || m.door_role_unknown();
  return {
    id: request.id,
    place: request.territoryName,
    slug: request.slug,
    door: request.door,
    kind: DOORS[request.door](),
    words: request.words,
    isLive: request.isLive,
    hasVoice: request.voiceFileId !== null,
    isSeenByTeam: request.visibility === 'facilitators',
    sentOn: formatDate(request.submittedAt, request.timeZone),
    before: answerWhen(request.answerDueAt, request.timeZone, language),
    isAnswered: request.answeredAt !== null,
    who: firstName ? m.door_who_named({ name: firstName, role: lowerFirst(role) }) : role,
    standing: standing(request, language),
    nextStep: request.nextStep,
    contact: humanContact(contact, language)
  };
}

/** Where a request stands, in a sentence that says what happens next. */
function standing(request: SentRequest, language: 'fr' | 'en'): string {
  const before = answerWhen(request.answerDueAt, request.timeZone, language);
  const waits = request.answeredAt ? m.door_standing_answered() : m.door_standing_waits({ before });
  switch (request.state) {
    case 'offered':
      return `${m.door_standing_offered()} ${waits}`;
    case 'accepted':
      return m.door_standing_accepted();
    case 'done':
      return m.door_standing_done();
    case 'closed':
      return m.door_standing_closed();
    case 'withdrawn':
      return m.door_standing_withdrawn();
    default:
      return waits;
  }
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
