/** An address of this site to go to next, or `otherwise`: `//elsewhere` and `/\elsewhere` lead away. */
export function ownPath(value: unknown, otherwise: string): string {
  return typeof value === 'string' && value.length <= OWN_PATH_MAX_CHARACTERS && /^\/(?![/\\])[^\s\\]*$/.test(value)
    ? value
    : otherwise;
}

const OWN_PATH_MAX_CHARACTERS = 500;
