import type { LocalDate } from '@terreau/kernel/instants';
import { signature } from '../orientation/desk.ts';
import type { DeadlineKind } from './deadlines.rules.ts';

/* The one message about a deadline: of what kind, of which dossier, for when. What was written about it stays on its page. */

const WORDS: Readonly<Record<DeadlineKind, readonly [fr: string, en: string]>> = {
  'financial-report': ['un compte rendu financier à rendre', 'a financial report to hand in'],
  'grant-request': ['une demande de financement à déposer', 'a funding request to send'],
  payment: ['un versement attendu', 'a payment expected'],
  agreement: ['une convention à signer', 'an agreement to sign'],
  'general-meeting': ['l’assemblée générale', 'the general meeting'],
  accounts: ['des comptes à approuver', 'accounts to approve'],
  insurance: ['une assurance', 'an insurance'],
  fonjep: ['le renouvellement du poste FONJEP', 'the renewal of the FONJEP job'],
  other: ['une échéance', 'a deadline']
};

export function deadlineMail(
  language: string,
  territory: string,
  deadline: {
    readonly kind: DeadlineKind;
    readonly dossierTitle: string;
    readonly dueOn: LocalDate;
    readonly link: string;
  }
): { readonly subject: string; readonly text: string } {
  const isEnglish = language === 'en';
  const what = WORDS[deadline.kind][isEnglish ? 1 : 0];
  const day = new Intl.DateTimeFormat(isEnglish ? 'en-GB' : 'fr-FR', { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${deadline.dueOn}T12:00:00Z`)
  );
  const sign = signature(language, territory);
  return isEnglish
    ? {
        subject: `For ${day}: ${what}`,
        text: `Hello,\n\nDossier “${deadline.dossierTitle}”: ${what}, for ${day}.\n\nOnce it is done, say so on its page, and these reminders stop:\n${deadline.link}\n\nThe platform sends nothing to funders: that is yours to do.\n\n${sign}\n`
      }
    : {
        subject: `Pour le ${day} : ${what}`,
        text: `Bonjour,\n\nDossier « ${deadline.dossierTitle} » : ${what}, pour le ${day}.\n\nQuand c’est fait, dites-le sur sa page, et ces rappels s’arrêtent :\n${deadline.link}\n\nLa plateforme n’envoie rien aux financeurs : c’est à vous de le faire.\n\n${sign}\n`
      };
}
