import { signature } from '../orientation/desk.ts';

/** Says to somebody that they were brought into a project. Its name stays on the page: a mailbox is read by others. */
export function circleInvitation(
  language: string,
  { inviter, territory, link }: { readonly inviter: string; readonly territory: string; readonly link: string }
): { subject: string; text: string } {
  return language === 'en'
    ? {
        subject: `${inviter} invites you to carry a project`,
        text: `Hello,\n\n${inviter} wishes to carry a project with you in ${territory}. To read it, open an account with this very address, then choose “My dossiers”:\n${link}\n\nYou do not have to: without an account you are part of the project as well. You did not expect this mail? Do nothing: nobody reads anything.\n\n${signature(language, territory)}\n`
      }
    : {
        subject: `${inviter} vous invite à porter un projet`,
        text: `Bonjour,\n\n${inviter} souhaite porter un projet avec vous à ${territory}. Pour le lire, ouvrez un compte avec cette même adresse, puis choisissez « Mes dossiers » :\n${link}\n\nCe n’est pas obligatoire : sans compte, vous faites aussi partie du projet. Vous n’attendiez pas ce message ? Ne faites rien : personne ne lit rien.\n\n${signature(language, territory)}\n`
      };
}

export interface CompanionWords {
  readonly companion: string;
  readonly territory: string;
  /** Where whoever has an account reads their dossier; null for the others. */
  readonly link: string | null;
}

/** Says to a structure who accompanies it from now on. The name of its project stays on its page. */
export function newCompanionMail(language: string, { companion, territory, link }: CompanionWords) {
  const isEnglish = language === 'en';
  const where = link ? `\n\n${isEnglish ? 'Your dossier' : 'Votre dossier'} :\n${link}` : '';
  return isEnglish
    ? {
        subject: `${companion} now accompanies your project`,
        text: `Hello,\n\n${companion} now accompanies your project in ${territory}. What was written, decided and planned stays as it is: you do not have to tell it again.${where}\n\nIf this does not suit you, say so to the team.\n\n${signature(language, territory)}\n`
      }
    : {
        subject: `${companion} accompagne maintenant votre projet`,
        text: `Bonjour,\n\n${companion} accompagne maintenant votre projet à ${territory}. Ce qui a été écrit, décidé et prévu reste en place : vous n’avez rien à redire.${where}\n\nSi cela ne vous convient pas, dites-le à l’équipe.\n\n${signature(language, territory)}\n`
      };
}

/** The same, short enough for a text message. */
export function newCompanionSms(language: string, { companion, territory }: CompanionWords): string {
  return language === 'en'
    ? `${territory}: ${companion} now accompanies your project. What was decided and planned stays as it is.`
    : `${territory} : ${companion} accompagne maintenant votre projet. Ce qui a été décidé et prévu reste en place.`;
}

/** Says to a facilitator that dossiers are theirs now, and how many structures could not be told. */
export function handOverMail(
  language: string,
  { count, untold, territory, link }: { count: number; untold: number; territory: string; link: string }
) {
  if (language === 'en') {
    const which = count === 1 ? 'A dossier is entrusted to you' : `${count} dossiers are entrusted to you`;
    const told =
      untold === 0
        ? 'The structures are being told.'
        : `The structures are being told, but ${untold} of them, which have neither address nor mobile number: say it at the next contact.`;
    return {
      subject: which,
      text: `Hello,\n\n${which} in ${territory}, with their history, their appointments and what is still to be done. ${told}\n\n${link}\n`
    };
  }
  const which = count === 1 ? 'Un dossier vous est confié' : `${count} dossiers vous sont confiés`;
  const told =
    untold === 0
      ? 'Les structures en sont informées.'
      : `Les structures en sont informées, sauf ${untold} sans adresse ni mobile : dites-le-leur au prochain contact.`;
  return {
    subject: which,
    text: `Bonjour,\n\n${which} à ${territory}, avec leur histoire, leurs rendez-vous et ce qui reste à faire. ${told}\n\n${link}\n`
  };
}
