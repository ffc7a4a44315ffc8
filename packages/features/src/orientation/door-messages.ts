import type { Instant } from '@terreau/kernel/instants';

export interface CodeWords {
  readonly code: string;
  readonly link: string;
  readonly answerDueAt: Instant;
  readonly timeZone: string;
}

/** The code of a request by text message: what it opens, and before when somebody answers. */
export function codeMessage(language: 'fr' | 'en', { code, link, answerDueAt, timeZone }: CodeWords): string {
  const when = answerWhen(answerDueAt, timeZone, language);
  return language === 'en'
    ? `Thank you. Somebody will answer you before ${when}. Your code: ${code}. To read, correct or withdraw your request: ${link}`
    : `Merci. Une personne vous répond avant ${when}. Votre code : ${code}. Pour lire, corriger ou retirer votre demande : ${link}`;
}

/** « lundi 30 novembre à 17 h », on the clocks of the territory. */
export function answerWhen(at: Instant, timeZone: string, language: 'fr' | 'en'): string {
  const day = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long', timeZone }).format(
    at
  );
  const part = (type: 'hour' | 'minute') =>
    Number(new Intl.DateTimeFormat('en-GB', { [type]: '2-digit', hourCycle: 'h23', timeZone }).format(at));
  const minutes = part('minute') === 0 ? '' : String(part('minute')).padStart(2, '0');
  return language === 'en'
    ? `${day}, ${part('hour')}:${minutes || '00'}`
    : `${day} à ${part('hour')} h${minutes && ` ${minutes}`}`;
}
