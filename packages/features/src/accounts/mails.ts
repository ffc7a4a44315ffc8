import type { Message } from '@terreau/database/outbox';

/** A mail without its recipient. */
export type Letter = Pick<Message, 'template' | 'subject' | 'text' | 'html' | 'foot'>;

type Language = 'fr' | 'en';

interface Sheet {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** The one thing to do, on a line of its own. */
  readonly action?: { readonly label: string; readonly url: string };
  readonly after: readonly string[];
}

/** The link that signs in. `isNew`: the account opens with it. */
export function signInLetter(language: Language, url: string, minutes: number, isNew: boolean): Letter {
  const fr: Sheet = {
    subject: isNew ? 'Ouvrir votre compte' : 'Votre lien pour vous connecter',
    paragraphs: [
      isNew
        ? 'Vous avez demandé à ouvrir un compte. Voici le lien qui l’ouvre et vous connecte.'
        : 'Voici le lien pour vous connecter. Aucun mot de passe n’est nécessaire.'
    ],
    action: { label: isNew ? 'Ouvrir mon compte' : 'Me connecter', url },
    after: [
      `Il sert une seule fois, pendant ${minutes} minutes.`,
      'Vous n’avez rien demandé ? Ne faites rien : sans ce lien, personne n’entre.'
    ]
  };
  const en: Sheet = {
    subject: isNew ? 'Open your account' : 'Your sign-in link',
    paragraphs: [
      isNew
        ? 'You asked to open an account. This link opens it and signs you in.'
        : 'Here is your link to sign in. No password is needed.'
    ],
    action: { label: isNew ? 'Open my account' : 'Sign in', url },
    after: [
      `It works once, for ${minutes} minutes.`,
      'You did not ask for this? Do nothing: without this link, nobody gets in.'
    ]
  };
  return compose(language, 'sign-in-link', { fr, en });
}

/** Somebody asked for a link or a new password with an address that has no account. */
export function noAccountLetter(language: Language, signUpUrl: string): Letter {
  const fr: Sheet = {
    subject: 'Pas de compte à cette adresse',
    paragraphs: [
      'Quelqu’un, sans doute vous, a voulu se connecter avec cette adresse. Aucun compte ne la porte.',
      'Vous avez peut-être une autre adresse. Sinon, ouvrir un compte prend une minute.'
    ],
    action: { label: 'Ouvrir un compte', url: signUpUrl },
    after: ['Ce n’était pas vous ? Ne faites rien : votre adresse n’est gardée nulle part.']
  };
  const en: Sheet = {
    subject: 'No account at this address',
    paragraphs: [
      'Somebody, probably you, tried to sign in with this address. No account has it.',
      'You may have used another address. Otherwise, opening an account takes a minute.'
    ],
    action: { label: 'Open an account', url: signUpUrl },
    after: ['It was not you? Do nothing: your address is not kept anywhere.']
  };
  return compose(language, 'no-account', { fr, en });
}

export function passwordResetLetter(language: Language, url: string, minutes: number): Letter {
  const fr: Sheet = {
    subject: 'Choisir un nouveau mot de passe',
    paragraphs: ['Voici le lien pour choisir un nouveau mot de passe.'],
    action: { label: 'Choisir un mot de passe', url },
    after: [
      `Il sert une seule fois, pendant ${minutes} minutes.`,
      'Vous n’avez rien demandé ? Ne faites rien : votre mot de passe ne change pas.'
    ]
  };
  const en: Sheet = {
    subject: 'Choose a new password',
    paragraphs: ['Here is the link to choose a new password.'],
    action: { label: 'Choose a password', url },
    after: [
      `It works once, for ${minutes} minutes.`,
      'You did not ask for this? Do nothing: your password stays as it is.'
    ]
  };
  return compose(language, 'password-reset', { fr, en });
}

export type SecurityChange =
  'password' | 'second-factor-on' | 'second-factor-off' | 'passkey-added' | 'passkey-removed';

const CHANGES: Readonly<Record<SecurityChange, Readonly<Record<Language, string>>>> = {
  password: { fr: 'Votre mot de passe vient de changer.', en: 'Your password has just changed.' },
  'second-factor-on': {
    fr: 'Un code est maintenant demandé à chaque connexion.',
    en: 'A code is now asked for at each sign-in.'
  },
  'second-factor-off': {
    fr: 'Le code de connexion vient d’être retiré de votre compte.',
    en: 'The sign-in code has just been removed from your account.'
  },
  'passkey-added': {
    fr: 'Une clé d’accès vient d’être ajoutée à votre compte.',
    en: 'A passkey has just been added to your account.'
  },
  'passkey-removed': {
    fr: 'Une clé d’accès vient d’être retirée de votre compte.',
    en: 'A passkey has just been removed from your account.'
  }
};

/** What changed in the ways of signing in, so that its owner can react if it was not them. */
export function securityLetter(language: Language, change: SecurityChange, resetUrl: string): Letter {
  const fr: Sheet = {
    subject: 'Un changement sur votre compte',
    paragraphs: [CHANGES[change].fr, 'C’était vous ? Il n’y a rien à faire.'],
    action: { label: 'Ce n’était pas moi : changer mon mot de passe', url: resetUrl },
    after: ['Prévenez aussi la personne qui coordonne votre territoire.']
  };
  const en: Sheet = {
    subject: 'A change on your account',
    paragraphs: [CHANGES[change].en, 'Was it you? There is nothing to do.'],
    action: { label: 'It was not me: change my password', url: resetUrl },
    after: ['Please also tell whoever coordinates your territory.']
  };
  return compose(language, 'security-change', { fr, en });
}

/** `role` and `place` are already in the language of the letter. */
export function invitationLetter(
  language: Language,
  invitation: { inviter: string; role: string; place: string; url: string; days: number }
): Letter {
  const { inviter, role, place, url, days } = invitation;
  const fr: Sheet = {
    subject: `${inviter} vous invite : ${place}`,
    paragraphs: [
      `${inviter} vous invite à rejoindre ${place}, avec le rôle « ${role} ».`,
      'Le lien explique ce que ce rôle permet. Vous décidez ensuite.'
    ],
    action: { label: 'Voir l’invitation', url },
    after: [
      `Elle vaut ${days} jours et pour votre seule adresse.`,
      'Elle ne vous concerne pas ? Ne faites rien : elle s’éteindra seule.'
    ]
  };
  const en: Sheet = {
    subject: `${inviter} invites you: ${place}`,
    paragraphs: [
      `${inviter} invites you to join ${place}, as “${role}”.`,
      'The link explains what this role allows. Then you decide.'
    ],
    action: { label: 'See the invitation', url },
    after: [
      `It lasts ${days} days and is for your address alone.`,
      'It is not for you? Do nothing: it will lapse by itself.'
    ]
  };
  return compose(language, 'invitation', { fr, en });
}

function compose(language: Language, template: string, sheets: Record<Language, Sheet>): Letter {
  const sheet = sheets[language];
  const hello = language === 'fr' ? 'Bonjour,' : 'Hello,';
  const lines = [hello, ...sheet.paragraphs, ...actionLines(sheet), ...sheet.after, 'Terreau'];
  return {
    template,
    foot: { kind: 'essential', language },
    subject: oneLine(sheet.subject),
    text: `${lines.join('\n\n')}\n`,
    html: asHtml(language, hello, sheet)
  };
}

function actionLines({ action }: Sheet): string[] {
  return action ? [`${action.label} :\n${action.url}`] : [];
}

/** A subject is one line: a name with a line break must not become a header. */
function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').slice(0, SUBJECT_MAX_CHARACTERS);
}

const SUBJECT_MAX_CHARACTERS = 200;

/** Headed by its language, one column, no image, nothing fetched, nothing counted. */
function asHtml(language: Language, hello: string, { subject, paragraphs, action, after }: Sheet): string {
  const paragraph = (text: string) => `<p style="margin:0 0 16px">${escapeHtml(text)}</p>`;
  const link = action
    ? `<p style="margin:0 0 16px"><a href="${escapeHtml(action.url)}" style="display:inline-block;padding:12px 20px;background:#2f6b4f;color:#ffffff;border-radius:6px;text-decoration:none;font-weight:bold">${escapeHtml(action.label)}</a></p>
<p style="margin:0 0 16px;font-size:14px;word-break:break-all">${escapeHtml(action.url)}</p>`
    : '';
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;padding:24px;background:#fbf7f0;color:#2b2420;font-family:sans-serif;font-size:17px;line-height:1.55">
<div style="max-width:560px">
${[hello, ...paragraphs].map(paragraph).join('\n')}
${link}
${[...after, 'Terreau'].map(paragraph).join('\n')}
</div></body></html>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
