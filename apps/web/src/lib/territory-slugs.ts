const TERRITORY_SLUG_MAX_CHARACTERS = 60;

/** First segments of an address that belong to the platform: no territory may be called so. */
export const reservedSlugs: ReadonlySet<string> = new Set([
  '_app',
  'about',
  'accessibility',
  'account',
  'accounts',
  'admin',
  'api',
  'assets',
  'confirm',
  'contact',
  'embed',
  'export',
  'favicon.svg',
  'files',
  'healthz',
  'help',
  'invitation',
  'invitations',
  'kit',
  'legal',
  'metrics',
  'oidc',
  'preferences',
  'privacy',
  'readyz',
  'receipt',
  'register',
  'robots.txt',
  'search',
  'security',
  'sign-in',
  'sign-out',
  'sign-up',
  'static',
  'territories',
  'verify',
  'well-known'
]);

/** Whether `value` can be the address of a territory: lower-case words joined by hyphens, and not reserved. */
export function isTerritorySlug(value: string): boolean {
  return (
    value.length <= TERRITORY_SLUG_MAX_CHARACTERS && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value) && !reservedSlugs.has(value)
  );
}
