import type { OpenIdProvider } from '@terreau/features/accounts/authentication';
import { StartRefused } from './platform.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The identity providers that the deployment accepts: `TERREAU_OPENID` names them (`proconnect,ville`), then each has
 * `TERREAU_OPENID_<NAME>_DISCOVERY_URL`, `…_CLIENT_ID`, `…_CLIENT_SECRET`, and if need be `…_LABEL` (on the button)
 * and `…_SCOPES` (separated by spaces; `openid email profile` by default). `…_VOUCHES=yes` says that the provider proves
 * every address without saying so (`email_verified`) each time: ProConnect, with the scopes
 * `openid given_name usual_name email`.
 */
export function openIdProviders(env: Environment): OpenIdProvider[] {
  const ids = (env['TERREAU_OPENID'] ?? '').split(',').map((id) => id.trim().toLowerCase());
  return ids.filter((id) => id !== '').map((id) => readProvider(env, id));
}

/** Where a password's first five SHA-1 characters may be compared with known leaks (`TERREAU_BREACHED_PASSWORDS_URL`). */
export function breachedPasswordsUrl(env: Environment): string | null {
  const url = env['TERREAU_BREACHED_PASSWORDS_URL'];
  if (!url) return null;
  if (!URL.canParse(url)) throw new StartRefused('TERREAU_BREACHED_PASSWORDS_URL is not an address.');
  return url;
}

function readProvider(env: Environment, id: string): OpenIdProvider {
  const prefix = `TERREAU_OPENID_${id.toUpperCase().replaceAll('-', '_')}`;
  const need = (name: string): string => {
    const value = env[`${prefix}_${name}`];
    if (!value) throw new StartRefused(`${prefix}_${name} is missing: the identity provider "${id}" cannot be used.`);
    return value;
  };
  return {
    id,
    name: env[`${prefix}_LABEL`] ?? id,
    discoveryUrl: need('DISCOVERY_URL'),
    clientId: need('CLIENT_ID'),
    clientSecret: need('CLIENT_SECRET'),
    scopes: (env[`${prefix}_SCOPES`] ?? 'openid email profile').split(/\s+/),
    vouchesForAddresses: env[`${prefix}_VOUCHES`] === 'yes'
  };
}
