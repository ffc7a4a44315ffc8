import type { Words } from './request-mails.ts';
import type { TextAnswer } from './text-answers.rules.ts';

/** Why a text message is put before the team rather than read by the platform. */
export type WhyPassedOn = 'several' | 'more-than-yes-or-no' | 'nothing-asked' | 'stop';

const WHY: Readonly<Record<WhyPassedOn, { readonly fr: string; readonly en: string }>> = {
  several: {
    fr: 'Plusieurs demandes attendent la réponse de ce numéro : rien n’a été noté. Appelez pour savoir laquelle, puis notez sa réponse.',
    en: 'Several requests wait for the answer of this number: nothing was written down. Call to know which one, then write the answer down.'
  },
  'more-than-yes-or-no': {
    fr: 'Une demande attend la réponse de ce numéro, et ce message n’y répond pas par un simple OUI ou NON : rien n’a été noté.',
    en: 'A request waits for the answer of this number, and this message is not a plain YES or NO to it: nothing was written down.'
  },
  'nothing-asked': {
    fr: 'Aucune demande n’attend la réponse de ce numéro : rien n’a été noté.',
    en: 'No request waits for the answer of this number: nothing was written down.'
  },
  stop: {
    fr: 'Ce numéro ne recevra plus de SMS qui puissent être refusés. Ce qui attend sa réponse se demande maintenant par téléphone.',
    en: 'This number receives no more text messages that may be refused. What waits for its answer is now to be asked by telephone.'
  }
};

/** For the team: who wrote, what they wrote, why a human reads it, and the requests that it may be about. */
export function passedOnMail(
  language: string,
  { from, text, why, links }: { from: string; text: string; why: WhyPassedOn; links: readonly string[] }
): Words {
  const isEnglish = language === 'en';
  const about = links.length === 0 ? '' : `\n${isEnglish ? 'Requests' : 'Demandes'} :\n${links.join('\n')}\n`;
  return isEnglish
    ? {
        subject: 'A text message waits for you to read it',
        text: `Hello,\n\nThe number ${from} wrote:\n“${text}”\n\n${WHY[why].en}\n${about}`
      }
    : {
        subject: 'Un SMS attend que vous le lisiez',
        text: `Bonjour,\n\nLe numéro ${from} a écrit :\n« ${text} »\n\n${WHY[why].fr}\n${about}`
      };
}

/** For whoever answered: that it was understood, and how. */
export function receivedSms(language: string, answer: Exclude<TextAnswer, 'stop'>): string {
  if (language === 'en')
    return answer === 'yes'
      ? 'your YES is written down. Thank you.'
      : 'your NO is written down. Thank you for saying so.';
  return answer === 'yes' ? 'votre OUI est noté. Merci.' : 'votre NON est noté. Merci de l’avoir dit.';
}
