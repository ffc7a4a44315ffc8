import { AsyncLocalStorage } from 'node:async_hooks';
import type { Handle } from '@sveltejs/kit/hooks';
import { defaultLanguage, isLanguage, languages, type Language } from '#lib/languages.ts';
import { overwriteGetLocale } from '#texts/runtime.js';

export const LANGUAGE_COOKIE = 'terreau_language';
const PREFERENCE_COOKIE_SECONDS = 365 * 24 * 3600;
const ACCEPT_LANGUAGE_MAX_CHARACTERS = 500;

const languageOfRequest = new AsyncLocalStorage<Language>();
overwriteGetLocale(() => languageOfRequest.getStore() ?? defaultLanguage);

/** Options of a cookie that keeps a display preference: readable by the server alone, for a year. */
export const preferenceCookie = {
  path: '/',
  httpOnly: true,
  sameSite: 'lax',
  maxAge: PREFERENCE_COOKIE_SECONDS
} as const;

/** Chooses the language of the answer: `?lang=` (remembered), then the cookie, then the browser's wish, then French. */
export const chooseLanguage: Handle = ({ event, resolve }) => {
  const asked = event.url.searchParams.get('lang');
  const language = pickLanguage({
    asked,
    remembered: event.cookies.get(LANGUAGE_COOKIE),
    acceptLanguage: event.request.headers.get('accept-language')
  });
  if (isLanguage(asked)) {
    event.cookies.set(LANGUAGE_COOKIE, asked, { ...preferenceCookie, secure: event.url.protocol === 'https:' });
  }
  event.locals.language = language;
  return languageOfRequest.run(language, () =>
    resolve(event, {
      transformPageChunk: ({ html }) =>
        html.replace('%terreau.language%', language).replace('%terreau.direction%', languages[language].direction)
    })
  );
};

/** Which language to answer in; anything unknown is passed over. */
export function pickLanguage(wishes: {
  asked: string | null | undefined;
  remembered: string | null | undefined;
  acceptLanguage: string | null | undefined;
}): Language {
  if (isLanguage(wishes.asked)) return wishes.asked;
  if (isLanguage(wishes.remembered)) return wishes.remembered;
  return preferredLanguages(wishes.acceptLanguage ?? '').find(isLanguage) ?? defaultLanguage;
}

/** Primary subtags of an Accept-Language header, most wanted first. */
function preferredLanguages(header: string): string[] {
  return header
    .slice(0, ACCEPT_LANGUAGE_MAX_CHARACTERS)
    .split(',')
    .map((entry) => {
      const [tag = '', ...parameters] = entry.trim().split(';');
      const quality = parameters.find((parameter) => parameter.trim().startsWith('q='));
      return { tag: tag.split('-')[0]!.toLowerCase(), quality: quality ? Number(quality.trim().slice(2)) : 1 };
    })
    .filter(({ quality }) => quality > 0)
    .sort((left, right) => right.quality - left.quality)
    .map(({ tag }) => tag);
}
