import type { OwedContact, OwnWeek, WaitingRequest } from '@terreau/features/orientation/own-week.query';
import { plusLocalDays, type LocalDate } from '@terreau/kernel/instants';
import { formatFromNow, formatWeekday } from '#lib/formats.ts';
import { phoneInWords } from '#lib/server/directory/sheet-page.ts';
import { m } from '#texts/messages.js';

/** How a line says its age: a shape, a word and a colour together. */
export interface Age {
  readonly tone: 'news' | 'wait' | 'owed';
  readonly text: string;
}

/** The week of a facilitator in words, as the page shows it. `home`: the address of the territory. */
export function weekPage(week: OwnWeek, { home, now, timeZone }: { home: string; now: Date; timeZone: string }) {
  const requestHref = (id: string | null) => id && `${home}/requests/${id}`;
  return {
    contacts: {
      total: week.contacts.total,
      lines: week.contacts.lines.map((contact) => ({
        id: contact.id,
        requestId: contact.requestId ?? '',
        dossierId: contact.dossierId ?? '',
        what: CONTACT_WORDS[contact.kind]({ who: contact.person || m.week_somebody() }),
        about: contact.note ?? contact.sentence,
        phone: contact.kind === 'visit' ? null : phoneInWords(contact.phone),
        href: contact.dossierId ? `${home}/dossiers/${contact.dossierId}` : requestHref(contact.requestId),
        isLate: contact.promisedOn < week.today,
        age: ageOfPromise(contact, week.today)
      }))
    },
    nextContact: week.nextContactOn && dayInWords(week.nextContactOn, week.today),
    requests: {
      total: week.requests.total,
      lines: week.requests.lines.map((request) => ({
        id: request.id,
        version: request.version,
        sentence: request.sentence,
        who: whoAsks(request),
        phone: phoneInWords(request.phone),
        href: requestHref(request.id)!,
        isMine: request.isMine,
        age: ageOfRequest(request)
      }))
    },
    answers: {
      total: week.answers.total,
      lines: week.answers.lines.map((answer) => ({
        id: answer.offerId,
        requestId: answer.requestId,
        text: ANSWER_WORDS[answer.state]({ partner: answer.partner, who: answer.person }),
        about: answer.sentence,
        phone: phoneInWords(answer.phone),
        href: requestHref(answer.requestId)!,
        when: formatFromNow(answer.answeredAt, now, timeZone)
      }))
    },
    meeting: week.meeting && {
      id: week.meeting.id,
      when: week.meeting.time
        ? m.support_appointments_when({ day: dayInWords(week.meeting.on, week.today), time: week.meeting.time })
        : dayInWords(week.meeting.on, week.today),
      text: week.meeting.note ?? m.week_meeting_with({ who: week.meeting.person ?? m.week_somebody() }),
      href: week.meeting.dossierId
        ? `${home}/dossiers/${week.meeting.dossierId}/appointments`
        : requestHref(week.meeting.requestId)
    }
  };
}

const CONTACT_WORDS = {
  call: m.week_contact_call,
  visit: m.week_contact_visit,
  message: m.week_contact_message
} as const;

const ANSWER_WORDS = { accepted: m.week_answer_accepted, refused: m.week_answer_refused } as const;

const CHANNEL_WORDS = {
  page: m.week_channel_page,
  counter: m.week_channel_counter,
  telephone: m.week_channel_telephone,
  street: m.week_channel_street
} as const;

function whoAsks({ person, channel, hasVoice }: WaitingRequest): string {
  return [person, CHANNEL_WORDS[channel](), ...(hasVoice ? [m.week_voice()] : [])].join(' · ');
}

function ageOfPromise({ promisedOn }: OwedContact, today: LocalDate): Age {
  if (promisedOn === today) return { tone: 'news', text: m.week_age_today() };
  const days = daysBetween(promisedOn, today);
  return { tone: 'owed', text: m.week_age_late({ count: days }) };
}

/** Past the delay nothing is shouted: it says by how much. */
function ageOfRequest({ day, withinDays }: WaitingRequest): Age {
  if (day > withinDays) return { tone: 'owed', text: m.week_age_past({ count: day - withinDays }) };
  if (day === 0) return { tone: 'news', text: m.week_age_new() };
  const text = m.week_age_day({ day, of: withinDays });
  if (day === withinDays) return { tone: 'owed', text };
  return { tone: day >= withinDays - 1 ? 'wait' : 'news', text };
}

/** aujourd’hui · demain · jeudi · jeudi 3 décembre */
function dayInWords(day: LocalDate, today: LocalDate): string {
  if (day === today) return m.week_today();
  if (day === plusLocalDays(today, 1)) return m.week_tomorrow();
  return formatWeekday(day, daysBetween(today, day) < 7);
}

function daysBetween(from: LocalDate, to: LocalDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
