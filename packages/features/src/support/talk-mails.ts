import { signature } from '../orientation/desk.ts';

/**
 * Says that a message waits in a dossier, to somebody of its circle. What was written stays on the page: a mailbox is
 * read by others. Nobody reads what is answered to this mail, and it says so.
 */
export function talkMail(
  language: string,
  { territory, link }: { readonly territory: string; readonly link: string }
): { subject: string; text: string } {
  return language === 'en'
    ? {
        subject: 'A message is waiting for you',
        text: `Hello,\n\nA message is waiting for you in a dossier that you are part of. You read it, and answer, here:\n${link}\n\nPlease do not reply to this mail: nobody would read your reply.\n\n${signature(language, territory)}\n`
      }
    : {
        subject: 'Un message vous attend',
        text: `Bonjour,\n\nUn message vous attend dans un dossier dont vous faites partie. Vous le lisez, et vous répondez, ici :\n${link}\n\nNe répondez pas à ce courriel : personne ne lirait votre réponse.\n\n${signature(language, territory)}\n`
      };
}
