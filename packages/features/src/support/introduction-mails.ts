/*
 * The mails of a possible meeting, in the reader's language. They name nobody before both sides said yes, and repeat no
 * reason: those are read on a page, by whoever may.
 */

export interface MailWords {
  readonly subject: string;
  readonly text: string;
}

export interface AskedStructure {
  readonly territory: string;
  readonly structure: string;
  readonly link: string;
  /** The day after which the link no longer works, in words. */
  readonly until: string;
}

/** To a structure that may have no account: would it like to meet a project? */
export function structureAskedMail(language: string, { territory, structure, link, until }: AskedStructure): MailWords {
  return language === 'en'
    ? {
        subject: 'A meeting that may be useful to you',
        text: `Hello,\n\nThe ${territory} team thinks that ${structure} and a project of the area could gain by meeting. You decide.\n\nRead why and answer yes or no, without an account:\n${link}\n\nThis link is for you alone. It works until ${until}; afterwards the same page sends a new one.\n`
      }
    : {
        subject: 'Une rencontre qui peut vous être utile',
        text: `Bonjour,\n\nL’équipe de ${territory} pense que ${structure} et un projet du territoire gagneraient à se rencontrer. Vous décidez.\n\nPour lire pourquoi et répondre oui ou non, sans compte :\n${link}\n\nCe lien est pour vous seul·e. Il fonctionne jusqu’au ${until} ; ensuite, la même page en envoie un nouveau.\n`
      };
}

export type CircleNews = 'asked' | 'answered' | 'agreed' | 'declined' | 'expired' | 'outcome';

const NEWS: Readonly<
  Record<CircleNews, { readonly fr: readonly [string, string]; readonly en: readonly [string, string] }>
> = {
  asked: {
    fr: [
      'Une rencontre vous est proposée',
      'Nous pensons qu’une rencontre peut être utile à votre projet. Lisez pourquoi et répondez oui ou non : vous décidez.'
    ],
    en: [
      'A meeting is proposed to you',
      'We think that a meeting may be useful to your project. Read why and answer yes or no: you decide.'
    ]
  },
  answered: {
    fr: ['Une réponse pour une rencontre', 'Une personne a répondu à une rencontre que vous avez proposée.'],
    en: ['An answer about a meeting', 'Somebody answered about a meeting that you proposed.']
  },
  agreed: {
    fr: [
      'Rencontre acceptée des deux côtés',
      'Les deux ont dit oui. Vous trouvez de quoi vous joindre sur cette page. Reste à fixer une date.'
    ],
    en: [
      'A meeting accepted by both sides',
      'Both said yes. This page says how to reach each other. A date is still to be found.'
    ]
  },
  declined: {
    fr: [
      'La rencontre n’aura pas lieu',
      'La rencontre qui vous était proposée n’aura pas lieu. Il n’y a rien à faire. Merci de votre réponse.'
    ],
    en: [
      'The meeting will not take place',
      'The meeting that was proposed to you will not take place. There is nothing to do. Thank you for your answer.'
    ]
  },
  expired: {
    fr: [
      'Une proposition de rencontre se termine',
      'Tout le monde n’a pas répondu en 30 jours. La proposition est close ; vous pouvez la refaire.'
    ],
    en: [
      'A proposed meeting is over',
      'Not everybody answered within 30 days. The proposal is over; you may make it again.'
    ]
  },
  outcome: {
    fr: [
      'Votre rencontre : qu’en est-il sorti ?',
      'Vous avez accepté une rencontre il y a un mois. Qu’en est-il sorti ? Une seule question, une réponse à choisir.'
    ],
    en: [
      'Your meeting: what came of it?',
      'A month ago you accepted a meeting. What came of it? One question, one answer to choose.'
    ]
  }
};

/** What happened, with the page on which it is read. */
export function introductionMail(language: string, news: CircleNews, link: string): MailWords {
  const isEnglish = language === 'en';
  const [subject, text] = NEWS[news][isEnglish ? 'en' : 'fr'];
  return { subject, text: `${isEnglish ? 'Hello' : 'Bonjour'},\n\n${text}\n\n${link}\n` };
}
