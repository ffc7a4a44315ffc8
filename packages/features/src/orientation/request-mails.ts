import type { LocalDate } from '@terreau/kernel/instants';

/*
 * The mails and text messages of a request, in the recipient's language: what happened, what comes next and when. They
 * never repeat what somebody asked: it is read on a page, by whoever may.
 */

export interface Words {
  readonly subject: string;
  readonly text: string;
}

export interface OfferWords {
  readonly territory: string;
  readonly structure: string;
  readonly kind: 'offer' | 'hand-over';
  /** Typed by the team for this actor. */
  readonly message: string | null;
  readonly link: string;
  /** The day after which the link no longer works, in words. */
  readonly until: string;
  readonly isReminder: boolean;
}

/** A request is proposed, or handed over, to an actor who may have no account. */
export function offerMail(
  language: string,
  { territory, structure, kind, message, link, until, isReminder }: OfferWords
): Words {
  const said = message?.trim() ? `\n\n${message.trim()}` : '';
  if (language === 'en') {
    const subject = kind === 'offer' ? 'Somebody needs you: can you help?' : 'A request is handed over to you';
    const what =
      kind === 'offer'
        ? `The ${territory} team thinks that ${structure} can help somebody.`
        : `The ${territory} team hands a request over to ${structure}, with the agreement of the person.`;
    return {
      subject: isReminder ? `Reminder: ${subject.toLowerCase()}` : subject,
      text: `Hello,\n\n${what}${said}\n\nRead the request and answer yes or no, without an account:\n${link}\n\nThis link is for you alone. It works until ${until}; afterwards the same page sends a new one.\n`
    };
  }
  const subject =
    kind === 'offer' ? 'Une personne a besoin de vous : pouvez-vous aider ?' : 'Une demande vous est transmise';
  const what =
    kind === 'offer'
      ? `L’équipe de ${territory} pense que ${structure} peut aider une personne.`
      : `L’équipe de ${territory} transmet une demande à ${structure}, avec l’accord de la personne.`;
  return {
    subject: isReminder ? `Rappel : ${subject.toLowerCase()}` : subject,
    text: `Bonjour,\n\n${what}${said}\n\nPour lire la demande et répondre oui ou non, sans compte :\n${link}\n\nCe lien est pour vous seul·e. Il fonctionne jusqu’au ${until} ; ensuite, la même page en envoie un nouveau.\n`
  };
}

/** The same for an actor who is known by a mobile number alone: one text message, which their reply link follows. */
export function offerSms(language: string, { structure, kind, link, until, isReminder }: OfferWords): string {
  if (language === 'en') {
    const what =
      kind === 'offer' ? `${structure}, can you help somebody?` : `a request is handed over to ${structure}.`;
    return `${isReminder ? 'reminder: ' : ''}${what} Read it and answer yes or no there, not by text message, without an account, until ${until}: ${link}`;
  }
  const what =
    kind === 'offer' ? `${structure}, pouvez-vous aider une personne ?` : `une demande est transmise à ${structure}.`;
  return `${isReminder ? 'rappel. ' : ''}${what} Lire et répondre oui ou non par ce lien, pas par SMS, sans compte, jusqu’au ${until} : ${link}`;
}

/** The actor who accepted is asked how it goes. */
export function followUpMail(language: string, { structure, link }: { structure: string; link: string }): Words {
  return language === 'en'
    ? {
        subject: 'How is the request that you accepted going?',
        text: `Hello,\n\n${structure} said yes to a request. Is it done? Say so in one tap, or give the request back if you cannot go on:\n${link}\n`
      }
    : {
        subject: 'Où en est la demande que vous avez acceptée ?',
        text: `Bonjour,\n\n${structure} a dit oui à une demande. Est-ce fait ? Dites-le en un geste, ou rendez la demande si vous ne pouvez pas continuer :\n${link}\n`
      };
}

/** An offer is over before it was answered: somebody else said yes, the person no longer asks, or the team took it back. */
export function offerWithdrawnMail(language: string, structure: string): Words {
  return language === 'en'
    ? {
        subject: 'The request that was proposed to you has found its answer',
        text: `Hello,\n\nA request was proposed to ${structure}. It is no longer waiting for you: there is nothing to do. Thank you.\n`
      }
    : {
        subject: 'La demande qui vous était proposée n’attend plus',
        text: `Bonjour,\n\nUne demande avait été proposée à ${structure}. Elle n’attend plus votre réponse : il n’y a rien à faire. Merci.\n`
      };
}

export type TeamNews =
  | 'accepted'
  | 'refused'
  | 'given-back'
  | 'expired'
  | 'done'
  | 'reopened'
  | 'withdrawn'
  | 'assigned'
  | 'owed'
  | 'late'
  | 'closed-idle';

const NEWS: Readonly<
  Record<TeamNews, { readonly fr: readonly [string, string]; readonly en: readonly [string, string] }>
> = {
  accepted: {
    fr: ['{who} accepte une demande', '{who} a dit oui. La personne en est informée.'],
    en: ['{who} accepts a request', '{who} said yes. The person is being told.']
  },
  refused: {
    fr: [
      '{who} ne peut pas répondre à une demande',
      '{who} a dit non. Si personne d’autre n’est sollicité, la demande vous revient.'
    ],
    en: ['{who} cannot take a request', '{who} said no. If nobody else is being asked, the request comes back to you.']
  },
  'given-back': {
    fr: ['{who} rend une demande', '{who} ne peut pas continuer. La demande vous revient.'],
    en: ['{who} gives a request back', '{who} cannot go on. The request comes back to you.']
  },
  expired: {
    fr: [
      '{who} n’a pas répondu',
      '{who} n’a pas répondu dans le délai. La proposition est close ; si personne d’autre n’est sollicité, la demande vous revient.'
    ],
    en: [
      '{who} did not answer',
      '{who} did not answer in time. The offer is over; if nobody else is being asked, the request comes back to you.'
    ]
  },
  done: {
    fr: ['{who} a terminé', '{who} dit que c’est fait. La personne sera interrogée dans quelques jours.'],
    en: ['{who} has finished', '{who} says that it is done. The person will be asked in a few days.']
  },
  reopened: {
    fr: ['Une demande est rouverte', 'La personne a rouvert sa demande. Elle attend une réponse.'],
    en: ['A request is open again', 'The person opened their request again. It waits for an answer.']
  },
  withdrawn: {
    fr: ['Une demande est retirée', 'La personne a retiré sa demande. Il n’y a plus rien à faire.'],
    en: ['A request is withdrawn', 'The person withdrew their request. There is nothing left to do.']
  },
  assigned: {
    fr: ['Une demande vous est confiée', 'Vous répondez maintenant de cette demande.'],
    en: ['A request is entrusted to you', 'You now answer for this request.']
  },
  owed: {
    fr: ['Une demande attend votre geste', 'Rien ne s’est passé sur cette demande depuis {days} jours.'],
    en: ['A request waits for you', 'Nothing has happened on this request for {days} days.']
  },
  'closed-idle': {
    fr: [
      'Une demande s’est close d’elle-même',
      'Rien ne s’était passé sur cette demande depuis {days} jours. La personne a reçu une suite ; elle peut la rouvrir, et vous aussi.'
    ],
    en: [
      'A request has closed by itself',
      'Nothing had happened on this request for {days} days. The person has been told what comes next; they may open it again, and so may you.'
    ]
  },
  late: {
    fr: ['Une demande est sans réponse', 'Le délai promis est passé et personne n’a encore parlé à la personne.'],
    en: ['A request has no answer', 'The promised time has passed and nobody has spoken to the person yet.']
  }
};

/** What happened, for the member of the team who answers for the request. */
export function teamMail(
  language: string,
  news: TeamNews,
  { who = '', days = 0, closesOn, link }: { who?: string; days?: number; closesOn?: LocalDate | null; link: string }
): Words {
  const isEnglish = language === 'en';
  const fill = (text: string) => text.replaceAll('{who}', who).replaceAll('{days}', String(days));
  const [subject, text] = NEWS[news][isEnglish ? 'en' : 'fr'].map(fill) as [string, string];
  return {
    subject,
    text: `${isEnglish ? 'Hello' : 'Bonjour'},\n\n${text}${closesOn ? closing(isEnglish, closesOn) : ''}\n\n${isEnglish ? 'The request' : 'La demande'} :\n${link}\n`
  };
}

/** What happens if nobody makes a gesture: a reminder says its end. */
function closing(isEnglish: boolean, day: LocalDate): string {
  const when = new Intl.DateTimeFormat(isEnglish ? 'en-GB' : 'fr-FR', { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`)
  );
  return isEnglish
    ? ` Unless something happens, it closes by itself on ${when}, and the person is told what comes next.`
    : ` Sans nouveau geste, elle se clôt d’elle-même le ${when} et la personne reçoit une suite.`;
}

export type PersonNews =
  | { readonly kind: 'accepted'; readonly structure: string }
  | { readonly kind: 'handed-over'; readonly structure: string }
  | { readonly kind: 'given-back' }
  | { readonly kind: 'closed'; readonly nextStep: string; readonly byItself: boolean }
  | { readonly kind: 'accompanied'; readonly nextStep: string }
  | { readonly kind: 'survey'; readonly link: string };

/** What happened, for the person who asks: short enough for a text message. */
export function personNews(language: string, news: PersonNews): Words {
  const isEnglish = language === 'en';
  switch (news.kind) {
    case 'accepted':
      return isEnglish
        ? words('Your request', `${news.structure} can help with your request.`)
        : words('Votre demande', `${news.structure} peut vous aider pour votre demande.`);
    case 'handed-over':
      return isEnglish
        ? words('Your request', `${news.structure} has received your request and takes it from here.`)
        : words('Votre demande', `${news.structure} a bien reçu votre demande et prend la suite.`);
    case 'given-back':
      return isEnglish
        ? words('Your request', 'The structure that was to help cannot go on. The team is looking for somebody else.')
        : words(
            'Votre demande',
            'La structure qui devait vous aider ne peut pas continuer. L’équipe cherche une autre solution.'
          );
    case 'closed':
      return closedWords(isEnglish, news.nextStep, news.byItself);
    case 'accompanied':
      return words(isEnglish ? 'Your request' : 'Votre demande', news.nextStep);
    case 'survey':
      return isEnglish
        ? words(
            'Three questions about your request',
            `Was your request answered? Three questions, one minute: ${news.link}`
          )
        : words(
            'Trois questions sur votre demande',
            `Votre demande a-t-elle eu une réponse ? Trois questions, une minute : ${news.link}`
          );
  }
}

function closedWords(isEnglish: boolean, nextStep: string, byItself: boolean): Words {
  if (isEnglish) {
    const why = byItself
      ? 'Nothing has happened on your request for a while: it is closed.'
      : 'Your request is closed.';
    return words('Your request is closed', `${why} What comes next: ${nextStep} You can open it again at any time.`);
  }
  const why = byItself
    ? 'Rien ne s’est passé sur votre demande depuis un moment : elle est close.'
    : 'Votre demande est close.';
  return words('Votre demande est close', `${why} La suite : ${nextStep} Vous pouvez la rouvrir à tout moment.`);
}

function words(subject: string, text: string): Words {
  return { subject, text };
}
