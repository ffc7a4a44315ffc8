import type { Handle } from '@sveltejs/kit/hooks';

export const THEME_COOKIE = 'terreau_theme';

/** `auto` follows the device. */
export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export function isTheme(value: unknown): value is Theme {
  return themes.some((theme) => theme === value);
}

/** Writes the chosen colours into the page, so that it never flashes from one to the other. */
export const chooseTheme: Handle = ({ event, resolve }) => {
  const remembered = event.cookies.get(THEME_COOKIE);
  const theme = isTheme(remembered) ? remembered : 'auto';
  event.locals.theme = theme;
  return resolve(event, { transformPageChunk: ({ html }) => html.replace('%terreau.theme%', theme) });
};
