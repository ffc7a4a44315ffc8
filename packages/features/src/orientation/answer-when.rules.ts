import type { Instant } from '@terreau/kernel/instants';

/** « lundi 30 novembre à 17 h », on the clocks of the territory. */
export function answerWhen(at: Instant, timeZone: string, language: 'fr' | 'en'): string {
  const day = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'fr', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone
  }).format(at);
  const [hour, minute] = new Intl.DateTimeFormat('en-GB', { hour: 'numeric', minute: '2-digit', timeZone })
    .format(at)
    .split(':');
  if (language === 'en') return `${day}, ${hour}:${minute}`;
  return `${day} à ${Number(hour)}\u00a0h${minute === '00' ? '' : `\u00a0${minute}`}`;
}
