import type { Instant } from '@terreau/kernel/instants';
import { signature } from '../orientation/desk.ts';
import type { AppointmentAnswer } from './appointment-answer.rules.ts';
import type { AppointmentWay } from './appointment.rules.ts';

/*
 * The mails and text messages of an appointment: when and where, never what it is about. Dates on the walls of the
 * territory.
 */

export type AppointmentNews = 'proposed' | 'confirmed' | 'changed' | 'cancelled';

export interface AppointmentWords {
  readonly territory: string;
  readonly startsAt: Instant;
  readonly timeZone: string;
  readonly way: AppointmentWay;
  readonly place: string | null;
}

/** What its reader may do with it. */
export interface InvitationWords extends AppointmentWords {
  /** Where they answer, without an account; null when there is nothing to answer any more. */
  readonly answerLink: string | null;
  /** What they said already. */
  readonly answer: AppointmentAnswer | null;
  /** Where those who have an account read the rest. */
  readonly dossierLink: string | null;
}

const NEWS: Readonly<Record<AppointmentNews, { readonly fr: string; readonly en: string }>> = {
  proposed: { fr: 'Rendez-vous proposé', en: 'Appointment proposed' },
  confirmed: { fr: 'Rendez-vous', en: 'Appointment' },
  changed: { fr: 'Rendez-vous modifié', en: 'Appointment changed' },
  cancelled: { fr: 'Rendez-vous annulé', en: 'Appointment cancelled' }
};

/** Tells of an appointment; its invitation goes with it. */
export function appointmentMail(
  language: string,
  news: AppointmentNews,
  { territory, startsAt, timeZone, way, place, answerLink, answer, dossierLink }: InvitationWords
): { subject: string; text: string } {
  const words = WORDS[language === 'en' ? 'en' : 'fr'];
  const when = whenInWords(language, startsAt, timeZone);
  const title = NEWS[news][language === 'en' ? 'en' : 'fr'];
  const heading = `${title}${words.colon}`;
  const facts = news === 'cancelled' ? [when] : [when, whereInWords(language, way, place)];
  const parts = [
    words.hello,
    [heading, ...facts].filter(Boolean).join('\n'),
    news === 'cancelled' ? words.cancelled : null,
    answerLink && `${answer ? words.change(words.answers[answer]) : words.ask}\n${answerLink}`,
    dossierLink && `${words.dossier}\n${dossierLink}`,
    words.noReply,
    signature(language, territory)
  ];
  return { subject: `${heading} ${when}`, text: `${parts.filter(Boolean).join('\n\n')}\n` };
}

/** Tells whoever would wait that somebody does not come: who it is, they read in the dossier. */
export function cannotComeMail(
  language: string,
  {
    territory,
    startsAt,
    timeZone,
    link
  }: Pick<AppointmentWords, 'territory' | 'startsAt' | 'timeZone'> & {
    readonly link: string;
  }
): { subject: string; text: string } {
  const words = WORDS[language === 'en' ? 'en' : 'fr'];
  const when = whenInWords(language, startsAt, timeZone);
  const parts = [
    words.hello,
    words.cannotCome(when),
    `${words.who}\n${link}`,
    words.noReply,
    signature(language, territory)
  ];
  return { subject: `${words.cannotComeTitle}${words.colon} ${when}`, text: `${parts.join('\n\n')}\n` };
}

const WORDS = {
  fr: {
    hello: 'Bonjour,',
    colon: ' :',
    cancelled: 'Il n’a plus lieu. Votre agenda le retire de lui-même.',
    ask: 'Venez-vous ? Répondez ici, sans compte ni mot de passe :',
    change: (answer: string) => `Votre réponse est : ${answer}. Pour en changer, sans compte ni mot de passe :`,
    answers: { yes: 'oui', perhaps: 'peut-être', no: 'non' },
    dossier: 'Pour voir qui vient, ou proposer un autre moment :',
    noReply: 'Ne répondez pas à ce courriel : personne ne lirait votre réponse.',
    cannotComeTitle: 'Une personne ne pourra pas venir',
    cannotCome: (when: string) => `Une personne invitée ne pourra pas venir au rendez-vous du ${when}.`,
    who: 'Pour voir qui, et décider de la suite :'
  },
  en: {
    hello: 'Hello,',
    colon: ':',
    cancelled: 'It no longer takes place. Your calendar takes it away by itself.',
    ask: 'Are you coming? Answer here, without an account or a password:',
    change: (answer: string) => `Your answer is: ${answer}. To change it, without an account or a password:`,
    answers: { yes: 'yes', perhaps: 'perhaps', no: 'no' },
    dossier: 'To see who comes, or propose another time:',
    noReply: 'Please do not reply to this mail: nobody would read your reply.',
    cannotComeTitle: 'Somebody cannot come',
    cannotCome: (when: string) => `Somebody who is invited cannot come to the appointment of ${when}.`,
    who: 'To see who, and decide what to do:'
  }
} as const;

/** Sent the day before to whoever agreed to it; `phone` is where to say that something is in the way. */
export function reminderText(
  { territory, startsAt, timeZone, way, place }: AppointmentWords,
  phone: string | null
): string {
  const where = whereInWords('fr', way, place);
  const when = whenInWords('fr', startsAt, timeZone);
  return `${territory} : rendez-vous demain, ${when}${where ? `, ${where}` : ''}.${phone ? ` Un empêchement ? ${phone}` : ''}`;
}

/** What a calendar shows of it, with or without what the dossier is called. */
export function calendarTitle(language: string, more: string | null): string {
  const title = language === 'en' ? 'Appointment' : 'Rendez-vous';
  return more ? `${title} · ${more}` : title;
}

/** mardi 24 mars 2026 à 09:00 · Tuesday, 24 March 2026 at 09:00 */
function whenInWords(language: string, startsAt: Instant, timeZone: string): string {
  const locale = language === 'en' ? 'en-GB' : 'fr-FR';
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone }).format(startsAt);
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone }).format(startsAt);
  return language === 'en' ? `${day} at ${time}` : `${day} à ${time}`;
}

const WHERE: Readonly<Record<Exclude<AppointmentWay, 'place'>, { readonly fr: string; readonly en: string }>> = {
  phone: { fr: 'au téléphone', en: 'by telephone' },
  video: { fr: 'en visioconférence', en: 'by video call' },
  home: { fr: 'à domicile', en: 'at home' }
};

/** A place by its name; somebody's home never by its address. */
export function whereInWords(language: string, way: AppointmentWay, place: string | null): string {
  return way === 'place' ? (place ?? '') : WHERE[way][language === 'en' ? 'en' : 'fr'];
}
