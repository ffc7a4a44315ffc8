import type { Instant } from '@terreau/kernel/instants';
import { answerWhen } from './answer-when.rules.ts';

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
