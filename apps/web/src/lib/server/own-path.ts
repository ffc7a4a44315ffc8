/** An address of this site to go to next, or `otherwise`: `//elsewhere` and `/\elsewhere` lead away. */
export function ownPath(value: unknown, otherwise: string): string {
  return typeof value === 'string' && value.length <= OWN_PATH_MAX_CHARACTERS && /^\/(?![/\\])[^\s\\]*$/.test(value)
    ? value
    : otherwise;
}

/** Where somebody who has just signed in is led, when they came from nowhere in particular: to what waits for them. */
export const FIRST_PAGE = '/start';

const OWN_PATH_MAX_CHARACTERS = 500;
