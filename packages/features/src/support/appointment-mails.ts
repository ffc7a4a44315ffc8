import type { Instant } from '@terreau/kernel/instants';
import { signature } from '../orientation/desk.ts';
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
  /** Where it is read, answered and changed. */
  readonly link: string;
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
  { territory, startsAt, timeZone, way, place, link }: AppointmentWords
): { subject: string; text: string } {
  const isEnglish = language === 'en';
  const when = whenInWords(language, startsAt, timeZone);
  const title = NEWS[news][isEnglish ? 'en' : 'fr'];
  const where = whereInWords(language, way, place);
  const facts = news === 'cancelled' ? when : [when, where].filter(Boolean).join('\n');
  return isEnglish
    ? {
        subject: `${title}: ${when}`,
        text: `Hello,\n\n${title}:\n${facts}\n\n${news === 'cancelled' ? 'It no longer takes place. Your calendar takes it away by itself.' : 'Is something in the way? Say so here:'}\n${link}\n\nPlease do not reply to this mail: nobody would read your reply.\n\n${signature(language, territory)}\n`
      }
    : {
        subject: `${title} : ${when}`,
        text: `Bonjour,\n\n${title} :\n${facts}\n\n${news === 'cancelled' ? 'Il n’a plus lieu. Votre agenda le retire de lui-même.' : 'Un empêchement ? Dites-le ici :'}\n${link}\n\nNe répondez pas à ce courriel : personne ne lirait votre réponse.\n\n${signature(language, territory)}\n`
      };
}

/** Sent the day before to whoever agreed to it; `phone` is where to say that something is in the way. */
export function reminderText(
  { territory, startsAt, timeZone, way, place }: Omit<AppointmentWords, 'link'>,
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
