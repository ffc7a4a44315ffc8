export const TERRITORY_SLUG_MAX_CHARACTERS = 60;

/** First segments of an address that belong to the platform: no territory may be called so. */
const RESERVED_SLUGS: ReadonlySet<string> = new Set(
  `_app about accessibility account accounts admin administration alerts api appointments assets calendar confirm contact embed export files healthz help
   invitation invitations kit legal magic-link meetings metrics oidc password preferences privacy readyz receipt receipts register replies reports
   search security sent sign-in sign-out sign-up start static surveys territories unsubscribe verify well-known`.split(
    /\s+/
  )
);

/** Whether `value` can be the address of a territory: lower-case words joined by hyphens, and not the platform's own. */
export function isTerritorySlug(value: string): boolean {
  return (
    value.length <= TERRITORY_SLUG_MAX_CHARACTERS &&
    /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value) &&
    !RESERVED_SLUGS.has(value)
  );
}

/** The address that a name suggests: « Saint-Étienne du Bois » gives `saint-etienne-du-bois`. May be empty. */
export function slugOf(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, TERRITORY_SLUG_MAX_CHARACTERS)
    .replace(/-+$/, '');
}
