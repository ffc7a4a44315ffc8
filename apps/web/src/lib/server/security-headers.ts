import type { Handle } from '@sveltejs/kit/hooks';

const HSTS_SECONDS = 2 * 365 * 24 * 3600;

/** Routes made to be shown inside other sites: they read public data only and use no session. */
const embeddableRoute = /^\/\[territory\]\/map-embed(\/|$)/;

/** The headers that every answer carries. The content policy itself, with its nonces, comes from vite.config.ts. */
export const addSecurityHeaders: Handle = async ({ event, resolve }) => {
  const response = await resolve(event);
  const { headers } = response;
  const embeddable = embeddableRoute.test(event.route.id ?? '');
  for (const [name, value] of Object.entries(fixedHeaders)) headers.set(name, value);
  headers.set('cross-origin-resource-policy', embeddable ? 'cross-origin' : 'same-origin');
  if (event.url.protocol === 'https:') {
    headers.set('strict-transport-security', `max-age=${HSTS_SECONDS}; includeSubDomains`);
  }
  const policy = headers.get('content-security-policy') ?? policyOfPlainAnswers;
  headers.set('content-security-policy', adjustPolicy(policy, { embeddable, ...settings() }));
  return response;
};

const fixedHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy':
    'accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(self), gyroscope=(), magnetometer=(), microphone=(self), midi=(), payment=(), usb=()'
};

/** For answers that are no pages (files, JSON): nothing in them may run. */
const policyOfPlainAnswers = "default-src 'none'; frame-ancestors 'none'; sandbox";

/**
 * `policy` with what a deployment decides: `embedOrigins` may frame the embeddable pages
 * (`TERREAU_EMBED_ORIGINS`, everybody by default), `tileOrigin` serves map tiles (`TERREAU_MAP_TILES`).
 */
export function adjustPolicy(
  policy: string,
  { embeddable, embedOrigins, tileOrigin }: { embeddable: boolean; embedOrigins: string; tileOrigin: string | null }
): string {
  let adjusted = policy;
  if (embeddable) adjusted = adjusted.replace("frame-ancestors 'none'", `frame-ancestors ${embedOrigins}`);
  if (tileOrigin) {
    adjusted = adjusted
      .replace("connect-src 'self'", `connect-src 'self' ${tileOrigin}`)
      .replace("img-src 'self'", `img-src 'self' ${tileOrigin}`);
  }
  return adjusted;
}

function settings(): { embedOrigins: string; tileOrigin: string | null } {
  const tiles = process.env['TERREAU_MAP_TILES'];
  return {
    embedOrigins: process.env['TERREAU_EMBED_ORIGINS'] ?? '*',
    tileOrigin: tiles && URL.canParse(tiles) ? new URL(tiles).origin : null
  };
}
