import type { MessageKind } from './message-kinds.ts';

/**
 * Why a message reaches its reader, said at its end in their language. A kind that may be refused ends with the address
 * that stops it; `origin` is the public address of the platform, without a final slash. An essential one says why it
 * cannot be refused.
 */
export type MessageFoot =
  | { readonly kind: 'essential'; readonly language: string }
  | { readonly kind: MessageKind; readonly language: string; readonly origin: string };

/** The words of the foot, to be added to a text; `stop` is the address that stops this kind of message. */
export function footWords(channel: 'mail' | 'sms', { kind, language }: MessageFoot, stop: string | null): string {
  if (stop === null || kind === 'essential') {
    if (channel === 'sms') return '';
    return language === 'en'
      ? 'You receive this message because it answers you or concerns a decision about you. It is sent once, and belongs to no list.'
      : 'Vous recevez ce message parce qu’il vous répond ou vous annonce une décision. Il part une fois et ne fait partie d’aucune liste.';
  }
  if (channel === 'sms') return `STOP: ${stop}`;
  return language === 'en'
    ? `${BECAUSE[kind].en} To stop these messages, without an account:\n${stop}`
    : `${BECAUSE[kind].fr} Pour ne plus les recevoir, sans compte :\n${stop}`;
}

const BECAUSE: Readonly<Record<MessageKind, { readonly fr: string; readonly en: string }>> = {
  alerts: {
    fr: 'Vous recevez ces alertes parce que vous avez enregistré une recherche.',
    en: 'You receive these alerts because you saved a search.'
  },
  appointments: {
    fr: 'Vous recevez ces rappels parce que vous avez un rendez-vous.',
    en: 'You receive these reminders because you have an appointment.'
  },
  deadlines: {
    fr: 'Vous recevez ces rappels parce qu’une échéance d’un dossier vous est confiée.',
    en: 'You receive these reminders because a deadline of a dossier is yours to see to.'
  },
  freshness: {
    fr: 'Vous recevez ces rappels parce que cette adresse est celle d’une fiche de l’annuaire.',
    en: 'You receive these reminders because this is the address of a sheet in the directory.'
  },
  plans: {
    fr: 'Vous recevez ces rappels parce que vous avez promis une action dans le plan d’un accompagnement.',
    en: 'You receive these reminders because you promised an action in the plan of an accompaniment.'
  },
  posts: {
    fr: 'Vous recevez ces questions parce que vous avez publié une annonce.',
    en: 'You receive these questions because you published a need or an offer.'
  },
  requests: {
    fr: 'Vous recevez ces rappels parce qu’une demande attend votre réponse.',
    en: 'You receive these reminders because a request waits for your answer.'
  },
  surveys: {
    fr: 'Vous recevez ces questions parce que vous avez fait une demande.',
    en: 'You receive these questions because you made a request.'
  },
  talk: {
    fr: 'Vous recevez ces courriels parce que vous êtes dans le cercle d’un dossier.',
    en: 'You receive these mails because you are in the circle of a dossier.'
  }
};
