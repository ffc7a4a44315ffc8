import type { DossierMove } from './dossier-life.rules.ts';

/*
 * What each side of a circle is told of a move that the other made: what it means for them, and what comes next. The name
 * of the project stays on its page; a mailbox is read by others.
 */

type Side = 'structure' | 'facilitators';
type Told = Partial<Record<DossierMove, { readonly fr: string; readonly en: string }>>;

const TO_STRUCTURE: Told = {
  'propose-plan': {
    fr: 'Un plan d’accompagnement vous est proposé. Vous pouvez dire oui, ou demander à le revoir.',
    en: 'A plan of accompaniment is proposed to you. You may say yes, or ask to work on it again.'
  },
  'accept-plan': {
    fr: 'Votre accord au plan d’accompagnement est noté. Si vous ne l’avez pas donné, dites-le à l’équipe.',
    en: 'Your agreement to the plan is written down. If you did not give it, tell the team.'
  },
  pause: {
    fr: 'L’accompagnement de votre projet est en pause. Rien ne vous est demandé ; il reprend quand vous le dites.',
    en: 'The accompaniment of your project is paused. Nothing is asked of you; it goes on when you say so.'
  },
  redirect: {
    fr: 'Votre projet est orienté vers un autre acteur. La personne qui vous a reçu·e vous dit lequel ; sans nouvelles, rappelez-nous.',
    en: 'Your project is directed towards somebody else. Whoever received you tells you whom; without news, call us.'
  },
  interrupt: {
    fr: 'L’accompagnement de votre projet s’arrête là. Merci pour le chemin fait. Ce qui est écrit reste à vous, et vous pouvez revenir.',
    en: 'The accompaniment of your project stops here. Thank you for the way that was made. What is written stays yours, and you may come back.'
  },
  close: {
    fr: 'L’accompagnement de votre projet se termine. Merci. Nous prenons de vos nouvelles dans un an, et vous pouvez revenir avant.',
    en: 'The accompaniment of your project comes to its end. Thank you. We will ask how you are in a year, and you may come back before.'
  }
};

const TO_FACILITATORS: Told = {
  'accept-plan': {
    fr: 'La structure dit oui au plan d’un dossier que vous accompagnez.',
    en: 'The organisation says yes to the plan of a dossier that you accompany.'
  },
  'rework-plan': {
    fr: 'La structure demande à revoir le plan d’un dossier que vous accompagnez.',
    en: 'The organisation asks to work again on the plan of a dossier that you accompany.'
  },
  pause: {
    fr: 'La structure met en pause un dossier que vous accompagnez. Ses rappels se taisent.',
    en: 'The organisation pauses a dossier that you accompany. Its reminders fall silent.'
  },
  resume: {
    fr: 'La structure reprend un dossier que vous accompagnez et qui était en pause.',
    en: 'The organisation takes up again a dossier that you accompany and that was paused.'
  },
  interrupt: {
    fr: 'La structure choisit d’arrêter un dossier que vous accompagnez. Il n’y a plus de contact prévu ; ce qui était promis est à revoir avec elle.',
    en: 'The organisation chooses to stop a dossier that you accompany. No contact is planned any more; what was promised is to be settled with it.'
  }
};

/** The words of a move for one side; null when it is not told of it. */
export function moveWords(language: string, to: Side, move: DossierMove): { subject: string; text: string } | null {
  const told = (to === 'structure' ? TO_STRUCTURE : TO_FACILITATORS)[move];
  if (!told) return null;
  if (language === 'en') {
    return { subject: to === 'structure' ? 'Your accompaniment' : 'A dossier that you accompany', text: told.en };
  }
  return { subject: to === 'structure' ? 'Votre accompagnement' : 'Un dossier que vous accompagnez', text: told.fr };
}
