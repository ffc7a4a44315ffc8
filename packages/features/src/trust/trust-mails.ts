/*
 * The mails and text messages of trust, in the recipient's language: what was decided, why, what can be done about it.
 */

export interface MailText {
  readonly subject: string;
  readonly text: string;
}

/** An account that nobody uses. `isLast`: the second and last warning. */
export function inactivityMail(language: string, { link, isLast }: { link: string; isLast: boolean }): MailText {
  if (language === 'en') {
    const when = isLast ? 'in about two weeks' : 'in two months';
    return {
      subject: isLast ? 'Your account will be erased in two weeks' : 'Do you still use your account?',
      text: `Hello,\n\nNobody has signed in to your account for almost two years. We do not keep what is of no use: it will be erased ${when}, with everything about you.\n\nTo keep it, sign in once:\n${link}\n\nTo let it go, there is nothing to do.\n`
    };
  }
  const when = isLast ? 'dans deux semaines environ' : 'dans deux mois';
  return {
    subject: isLast ? 'Votre compte sera effacé dans deux semaines' : 'Utilisez-vous encore votre compte ?',
    text: `Bonjour,\n\nPersonne ne s’est connecté à votre compte depuis bientôt deux ans. Nous ne gardons pas ce qui ne sert plus : il sera effacé ${when}, avec tout ce qui vous concerne.\n\nPour le garder, connectez-vous une fois :\n${link}\n\nPour le laisser partir, il n’y a rien à faire.\n`
  };
}

/** A dossier in which nobody was met for almost two years. Its name stays out of the mail: only its circle reads it. */
export function silentDossierMail(language: string, link: string): MailText {
  if (language === 'en') {
    return {
      subject: 'A dossier without contact for almost two years',
      text: `Hello,\n\nIn one of the dossiers that you accompany, nobody has been met for almost two years. Its notes and its words will be erased at the end of the two years; only dates and durations stay.\n\nIf the accompaniment goes on, make contact and write a note:\n${link}\n\nOtherwise there is nothing to do.\n`
    };
  }
  return {
    subject: 'Un dossier sans contact depuis bientôt deux ans',
    text: `Bonjour,\n\nDans un des dossiers que vous accompagnez, il n’y a plus de contact depuis bientôt deux ans. Ses notes et ses textes seront effacés au bout des deux ans ; seules restent des dates et des durées.\n\nSi l’accompagnement continue, reprenez contact et écrivez une note :\n${link}\n\nSinon, il n’y a rien à faire.\n`
  };
}

/**
 * The same for the structure, so that nothing goes before it could be taken away. `link`: its dossier, for whoever has an
 * account; to look at it is a contact, and keeps it.
 */
export function silentOwnDossierMail(language: string, link: string | null): MailText {
  if (language === 'en') {
    const how = link
      ? `To keep it, open it once; everything in it can be taken away from its pages:\n${link}`
      : 'To keep it, or to receive all of it on paper, tell the team that accompanied you.';
    return {
      subject: 'Your project’s dossier will soon be erased',
      text: `Hello,\n\nThere has been no contact in your accompaniment for almost two years. We do not keep what is of no use: its notes and its words will be erased at the end of the two years.\n\n${how}\n\nOtherwise there is nothing to do.\n`
    };
  }
  const how = link
    ? `Pour le garder, ouvrez-le une fois ; tout ce qu’il contient s’emporte depuis ses pages :\n${link}`
    : 'Pour le garder, ou pour tout recevoir sur papier, dites-le à l’équipe qui vous accompagnait.';
  return {
    subject: 'Le dossier de votre projet sera bientôt effacé',
    text: `Bonjour,\n\nIl n’y a plus de contact dans votre accompagnement depuis bientôt deux ans. Nous ne gardons pas ce qui ne sert plus : ses notes et ses textes seront effacés au bout des deux ans.\n\n${how}\n\nSinon, il n’y a rien à faire.\n`
  };
}

export interface DecisionWords {
  readonly title: string;
  readonly outcome: 'approved' | 'refused' | 'hidden' | 'restored' | 'kept';
  readonly explanation: string | null;
  /** Where the author reads the decision, and contests it. */
  readonly link: string;
}

/** What a moderator decided on somebody's need, offer or skill. */
export function decisionMail(language: string, { title, outcome, explanation, link }: DecisionWords): MailText {
  const why = explanation?.trim() ? `\n\n${explanation.trim()}` : '';
  const mayContest = outcome === 'refused' || outcome === 'hidden';
  if (language === 'en') {
    const says = {
      approved: ['is published', 'It has been read and is now published. Thank you.'],
      refused: ['was not published', 'It has been read and was not published. Here is why:'],
      hidden: ['is no longer shown', 'It is no longer shown. Here is why:'],
      restored: ['is shown again', 'It is shown again, as it was.'],
      kept: ['stays as it is', 'It has been looked at again, and the decision stands.']
    }[outcome] as [string, string];
    const end = mayContest
      ? `Nothing you wrote is lost. If you disagree, say so here; another person will look at it:\n${link}`
      : `The decision:\n${link}`;
    return { subject: `“${title}” ${says[0]}`, text: `Hello,\n\n${title}\n${says[1]}${why}\n\n${end}\n` };
  }
  const says = {
    approved: ['est publié', 'Votre texte a été lu et il est maintenant publié. Merci.'],
    refused: ['n’a pas été publié', 'Votre texte a été lu et n’a pas été publié. Voici pourquoi :'],
    hidden: ['n’est plus affiché', 'Votre texte n’est plus affiché. Voici pourquoi :'],
    restored: ['est de nouveau affiché', 'Votre texte est de nouveau affiché, tel qu’il était.'],
    kept: ['reste en l’état', 'Votre demande a été examinée de nouveau, et la décision est maintenue.']
  }[outcome] as [string, string];
  const end = mayContest
    ? `Rien de ce que vous avez écrit n’est perdu. Si vous n’êtes pas d’accord, dites-le ici ; une autre personne regardera :\n${link}`
    : `La décision :\n${link}`;
  return { subject: `« ${title} » ${says[0]}`, text: `Bonjour,\n\n${title}\n${says[1]}${why}\n\n${end}\n` };
}

/** The answer to somebody who flagged something; short enough for a text message. It never says who wrote it, nor why. */
export function flagAnswer(
  language: string,
  { title, isShown, link }: { title: string; isShown: boolean; link: string }
): MailText {
  if (language === 'en') {
    const says = isShown
      ? 'We have looked at it, and it stays where it is.'
      : 'We have looked at it, and it is no longer shown. Thank you.';
    return {
      subject: `You flagged “${title}”`,
      text: `Hello,\n\nYou flagged “${title}”. ${says}\n\nTo talk about it with somebody:\n${link}\n`
    };
  }
  const says = isShown
    ? 'Nous l’avons regardé, et cela reste affiché.'
    : 'Nous l’avons regardé, et ce n’est plus affiché. Merci.';
  return {
    subject: `Votre signalement de « ${title} »`,
    text: `Bonjour,\n\nVous avez signalé « ${title} ». ${says}\n\nPour en parler avec quelqu’un :\n${link}\n`
  };
}

/** The receipt of an assisted entry by text message: short enough for one. */
export function receiptMessage(language: string, { code, link }: { code: string; link: string }): string {
  return language === 'en'
    ? `Your receipt code: ${code}. Read, correct or erase what was typed for you: ${link}`
    : `Votre code de reçu : ${code}. Pour lire, corriger ou effacer ce qui a été écrit pour vous : ${link}`;
}
