import type { Words } from './privacy-entry.ts';

/** The texts that people agree to. A new wording is a new version; the former one stays, since somebody agreed to it. */
const TEXTS: Readonly<Record<string, { readonly title: Words; readonly text: Words }>> = {
  'show-a-skill skill-1': {
    title: { fr: 'Montrer ce que je sais faire', en: 'Show what I can do' },
    text: {
      fr: 'J’accepte que ce que je propose soit montré comme je l’ai choisi : à qui, et sous quel nom. Je peux le retirer à tout moment.',
      en: 'I agree that what I offer is shown as I chose: to whom, and under which name. I can take it back at any time.'
    }
  },
  'share-request share-1': {
    title: { fr: 'Transmettre ma demande', en: 'Share my request' },
    text: {
      fr: 'J’accepte que les éléments de ma demande qui m’ont été lus soient transmis à la structure nommée, et à elle seule, pour qu’elle me réponde. Je peux revenir sur cet accord à tout moment : elle ne les verra plus.',
      en: 'I agree that the parts of my request that were read out to me are passed on to the structure named, and to it alone, so that it can answer me. I can take this back at any time: it will no longer see them.'
    }
  },
  'publish-case case-1': {
    title: { fr: 'Partager ce que notre accompagnement apprend', en: 'Share what our accompaniment teaches' },
    text: {
      fr: 'J’ai lu le texte. J’accepte qu’il soit montré aux personnes qui accompagnent d’autres structures du territoire, avec ou sans notre nom comme nous l’avons choisi. Je peux revenir sur cet accord à tout moment : le texte est alors retiré.',
      en: 'I have read the text. I agree that it is shown to those who accompany other organisations of the territory, with or without our name as we chose. I can take this back at any time: the text is then removed.'
    }
  },
  'assisted-entry assisted-1': {
    title: { fr: 'Écrire à ma place', en: 'Type for me' },
    text: {
      fr: 'J’accepte qu’une personne de l’équipe écrive pour moi mon nom, un moyen de me joindre et ce que je veux publier. On m’a dit qui le verra, combien de temps, et comment le lire, le corriger ou le faire effacer avec le code de mon reçu.',
      en: 'I agree that somebody of the team types my name, a way to reach me and what I want to publish. I was told who will see it, for how long, and how to read, correct or erase it with the code of my receipt.'
    }
  },
  'assisted-request assisted-request-1': {
    title: { fr: 'Écrire ma demande à ma place', en: 'Type my request for me' },
    text: {
      fr: 'J’accepte qu’une personne écrive pour moi ce que je demande et un moyen de me joindre. On m’a dit qui le lira, combien de temps, et comment le lire, le corriger ou le faire effacer avec le code de mon reçu.',
      en: 'I agree that somebody types for me what I ask and a way to reach me. I was told who will read it, for how long, and how to read, correct or erase it with the code of my receipt.'
    }
  }
};

export const SHARE_CONSENT_PURPOSE = 'share-request';
export const SHARE_CONSENT_VERSION = 'share-1';
export const CASE_CONSENT_PURPOSE = 'publish-case';
export const CASE_CONSENT_VERSION = 'case-1';
export const ASSISTED_CONSENT_PURPOSE = 'assisted-entry';
export const ASSISTED_CONSENT_VERSION = 'assisted-1';
export const ASSISTED_REQUEST_CONSENT_PURPOSE = 'assisted-request';
export const ASSISTED_REQUEST_CONSENT_VERSION = 'assisted-request-1';

/** What somebody agreed to, in `language`; an unknown text is called by its purpose. */
export function consentText(purpose: string, version: string, language: 'fr' | 'en'): { title: string; text: string } {
  const found = TEXTS[`${purpose} ${version}`];
  return found ? { title: found.title[language], text: found.text[language] } : { title: purpose, text: '' };
}
