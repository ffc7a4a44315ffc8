import { getLocale } from '#texts/runtime.js';

/** The languages of the screens, by code, with the name that their speakers give them and the direction of their script. */
export const languages = {
  fr: { name: 'Français', direction: 'ltr', formats: 'fr-FR' },
  en: { name: 'English', direction: 'ltr', formats: 'en-GB' }
} as const satisfies Record<string, { name: string; direction: 'ltr' | 'rtl'; formats: string }>;

export type Language = keyof typeof languages;

export const defaultLanguage: Language = 'fr';

export function isLanguage(value: unknown): value is Language {
  return typeof value === 'string' && Object.hasOwn(languages, value);
}

/** The language of the page being rendered or shown. */
export function currentLanguage(): Language {
  return getLocale();
}

/** The locale by which dates and numbers of the current page are written. */
export function formatLocale(): string {
  return languages[currentLanguage()].formats;
}
