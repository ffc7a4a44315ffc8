/*
 * The mails of the directory, in the recipient's language: short sentences, what happens next, who can help.
 * Links are absolute addresses.
 */

export interface MailText {
  readonly subject: string;
  readonly text: string;
}

const SUBJECT_NAME_MAX_CHARACTERS = 120;

export function decisionMail(
  language: string,
  {
    name,
    decision,
    explanation,
    link
  }: {
    name: string;
    decision: 'approved' | 'refused' | 'hidden' | 'restored';
    explanation: string | null;
    /** Where the author reads the decision, and contests it. */
    link: string;
  }
): MailText {
  const why = explanation?.trim() ? `\n\n${explanation.trim()}` : '';
  if (language === 'en') {
    const says = {
      approved: ['is in the directory', 'Your sheet has been read and is now published. Thank you.'],
      refused: ['was not published', 'Your sheet has been read and was not published. Here is why:'],
      hidden: ['is no longer shown', 'This sheet is no longer shown. Here is why:'],
      restored: ['is shown again', 'This sheet is shown again.']
    }[decision] as [string, string];
    return mail(`“${name}” ${says[0]}`, `Hello,\n\n${name}\n${says[1]}${why}\n\n${closing('en', decision, link)}`);
  }
  const says = {
    approved: ['est dans l’annuaire', 'Votre fiche a été lue et elle est maintenant publiée. Merci.'],
    refused: ['n’a pas été publiée', 'Votre fiche a été lue et n’a pas été publiée. Voici pourquoi :'],
    hidden: ['n’est plus affichée', 'Cette fiche n’est plus affichée. Voici pourquoi :'],
    restored: ['est de nouveau affichée', 'Cette fiche est de nouveau affichée.']
  }[decision] as [string, string];
  return mail(`« ${name} » ${says[0]}`, `Bonjour,\n\n${name}\n${says[1]}${why}\n\n${closing('fr', decision, link)}`);
}

function closing(language: 'fr' | 'en', decision: string, link: string): string {
  const mayContest = decision === 'refused' || decision === 'hidden';
  if (language === 'en') {
    return mayContest
      ? `Nothing you wrote is lost. If you disagree, say so here; another person will look at it:\n${link}`
      : 'You can change it at any time.';
  }
  return mayContest
    ? `Rien de ce que vous avez écrit n’est perdu. Si vous n’êtes pas d’accord, dites-le ici ; une autre personne regardera :\n${link}`
    : 'Vous pouvez la modifier à tout moment.';
}

export interface ReminderWords {
  readonly name: string;
  readonly round: 'soon' | 'stale' | 'dormant';
  readonly link: string;
  readonly staleOn: string;
  readonly graceDays: number;
}

export function reminderMail(language: string, { name, round, link, staleOn, graceDays }: ReminderWords): MailText {
  if (language === 'en') {
    const says = {
      soon: `Is everything on this sheet still true? On ${staleOn} it will be shown as “to be checked”.`,
      stale: `Nobody has confirmed this sheet since the date you chose. It is now shown as “to be checked”. Without an answer within ${graceDays} days, we will no longer suggest it to people who ask for help; anybody can still find and read it.`,
      dormant:
        'This sheet has not been confirmed. We no longer suggest it to people who ask for help. Anybody can still find and read it. One tap brings it back.'
    }[round];
    return mail(
      `“${name}”: is it still true?`,
      `Hello,\n\n${name}\n${says}\n\nIf everything is right, one tap is enough, without an account:\n${link}\n\nThe same page shows how to correct what has changed.`
    );
  }
  const says = {
    soon: `Tout est-il encore exact sur cette fiche ? Le ${staleOn}, elle sera affichée « à vérifier ».`,
    stale: `Personne n’a confirmé cette fiche depuis la date que vous aviez choisie. Elle est maintenant affichée « à vérifier ». Sans réponse d’ici ${graceDays} jours, nous ne la proposerons plus aux personnes qui cherchent de l’aide ; chacun pourra encore la trouver et la lire.`,
    dormant:
      'Cette fiche n’a pas été confirmée. Nous ne la proposons plus aux personnes qui cherchent de l’aide. Chacun peut encore la trouver et la lire. Un seul geste la remet en service.'
  }[round];
  return mail(
    `« ${name} » : est-ce toujours exact ?`,
    `Bonjour,\n\n${name}\n${says}\n\nSi tout est juste, un seul geste suffit, sans compte :\n${link}\n\nLa même page montre comment corriger ce qui a changé.`
  );
}

/** The answer to somebody who said that a sheet was wrong; also short enough for an SMS without its greeting. */
export function correctionAnswer(
  language: string,
  { name, applied, reason }: { name: string; applied: boolean; reason: string | null }
): MailText {
  const why = reason?.trim() ? `\n\n${reason.trim()}` : '';
  if (language === 'en') {
    const says = applied
      ? 'You were right: the sheet has been corrected. Thank you.'
      : 'We have checked, and the sheet stays as it is.';
    return mail(
      `Your message about “${name}”`,
      `Hello,\n\nYou told us that something was wrong on the sheet “${name}”. ${says}${why}`
    );
  }
  const says = applied
    ? 'Vous aviez raison : la fiche a été corrigée. Merci.'
    : 'Nous avons vérifié, et la fiche reste comme elle est.';
  return mail(
    `Votre message à propos de « ${name} »`,
    `Bonjour,\n\nVous nous avez dit que quelque chose n’allait pas sur la fiche « ${name} ». ${says}${why}`
  );
}

export function postExpiredMail(language: string, { title, link }: { title: string; link: string }): MailText {
  return language === 'en'
    ? mail(
        `“${title}”: what came of it?`,
        `Hello,\n\n${title}\nIts date has passed, so it is no longer shown as open. Did you find what you needed? Tell us what came of it, or set a new date:\n${link}`
      )
    : mail(
        `« ${title} » : qu’en est-il sorti ?`,
        `Bonjour,\n\n${title}\nSa date est passée : l’annonce n’est plus affichée comme ouverte. Avez-vous trouvé ? Dites ce qu’il en est sorti, ou donnez une nouvelle date :\n${link}`
      );
}

function mail(subject: string, text: string): MailText {
  const short =
    subject.length > SUBJECT_NAME_MAX_CHARACTERS * 2
      ? `${subject.slice(0, SUBJECT_NAME_MAX_CHARACTERS * 2)}…`
      : subject;
  return { subject: short.replace(/\s+/g, ' '), text: `${text}\n` };
}
