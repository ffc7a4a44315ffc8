import type { GenericOAuthConfig } from 'better-auth/plugins';

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
}

/** The provider as better-auth wants it: code flow with PKCE, the identity token's signature and nonce verified. */
export function providerConfig(provider: OpenIdProvider): GenericOAuthConfig {
  return {
    providerId: provider.id,
    name: provider.name,
    discoveryUrl: provider.discoveryUrl,
    clientId: provider.clientId,
    clientSecret: provider.clientSecret,
    scopes: [...provider.scopes],
    pkce: true,
    requireIdTokenVerification: true
  };
}
