import type { GenericOAuthConfig } from 'better-auth/plugins';
import { createRemoteJWKSet, decodeJwt, errors, jwtVerify, type JWTPayload } from 'jose';

/** An identity provider that a deployment accepts (OpenID Connect), such as ProConnect. */
export interface OpenIdProvider {
  /** Short name in addresses: `/sign-in/openid/callback/<id>`. */
  readonly id: string;
  /** Name on the button. */
  readonly name: string;
  /** Address of its `.well-known/openid-configuration`. */
  readonly discoveryUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes: readonly string[];
  /** The provider proves every address without saying so in each answer, as ProConnect does. */
  readonly vouchesForAddresses: boolean;
}

const ANSWER_LIMIT_MILLISECONDS = 10_000;
/** Signatures that only the provider can make. */
const SIGNATURES = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/** The provider as better-auth wants it: code flow with PKCE, the identity token's signature and nonce verified. */
export function providerConfig(provider: OpenIdProvider): GenericOAuthConfig {
  const discovered = discovery(provider.discoveryUrl);
  return {
    providerId: provider.id,
    name: provider.name,
    discoveryUrl: provider.discoveryUrl,
    clientId: provider.clientId,
    clientSecret: provider.clientSecret,
    scopes: [...provider.scopes],
    pkce: true,
    requireIdTokenVerification: true,
    // better-auth has verified the identity token before it asks; it then compares the two subjects.
    getUserInfo: async ({ idToken, accessToken }) => {
      const inToken = idToken ? decodeJwt(idToken) : null;
      const claims = inToken?.['email'] ? inToken : await askUserInfo(provider, await discovered(), accessToken);
      return claims ? profileOf(claims, provider) : null;
    }
  };
}

interface Discovered {
  readonly issuer: string;
  readonly userInfoUrl: string;
  readonly keys: ReturnType<typeof createRemoteJWKSet>;
}

/** What the provider says of itself, asked once; a failure is asked again the next time. */
function discovery(url: string): () => Promise<Discovered> {
  let asked: Promise<Discovered> | undefined;
  return () => (asked ??= discover(url).catch((error: unknown) => ((asked = undefined), Promise.reject(error))));
}

async function discover(url: string): Promise<Discovered> {
  const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_LIMIT_MILLISECONDS) });
  const { issuer, userinfo_endpoint, jwks_uri } = (await response.json()) as Record<string, string>;
  if (!issuer || !userinfo_endpoint || !jwks_uri) throw new Error(`the identity provider's description is incomplete`);
  return { issuer, userInfoUrl: userinfo_endpoint, keys: createRemoteJWKSet(new URL(jwks_uri)) };
}

/** Who signed in, plain or as a token signed by the provider for this client; null for any other answer. */
async function askUserInfo(
  { clientId }: OpenIdProvider,
  { issuer, userInfoUrl, keys }: Discovered,
  accessToken = ''
): Promise<JWTPayload | null> {
  const response = await fetch(userInfoUrl, {
    headers: { authorization: `Bearer ${accessToken}` },
    redirect: 'error',
    signal: AbortSignal.timeout(ANSWER_LIMIT_MILLISECONDS)
  });
  if (!response.ok) return null;
  if (!response.headers.get('content-type')?.startsWith('application/jwt'))
    return (await response.json()) as JWTPayload;
  try {
    return (await jwtVerify(await response.text(), keys, { issuer, audience: clientId, algorithms: SIGNATURES }))
      .payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}

/**
 * Whoever signed in, if the provider proved their address: an account is never opened on somebody else's. The name is
 * composed where it comes in pieces (`usual_name` is ProConnect's).
 */
function profileOf(claims: JWTPayload, { vouchesForAddresses }: OpenIdProvider) {
  const text = (name: string) => (typeof claims[name] === 'string' ? claims[name] : '');
  const isProven = vouchesForAddresses || String(claims['email_verified']) === 'true';
  if (!claims.sub || !text('email') || !isProven) return null;
  const composed = [text('given_name'), text('usual_name') || text('family_name')].filter(Boolean).join(' ');
  return {
    id: claims.sub,
    sub: claims.sub,
    email: text('email').toLowerCase(),
    emailVerified: true,
    name: text('name') || composed || text('email')
  };
}
