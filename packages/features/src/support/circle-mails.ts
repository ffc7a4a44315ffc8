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
