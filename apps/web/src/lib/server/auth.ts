import { parseSetCookieHeader, toCookieOptions } from 'better-auth/cookies';
import type { RequestEvent } from '@sveltejs/kit';
import { openAuthentication, type Authentication, type Visit } from '@terreau/features/accounts/authentication';
import { breachedPasswordsUrl, openIdProviders } from './auth-settings.ts';
import { platform } from './platform.ts';

let opened: Promise<Authentication> | undefined;

/** Signing in, on the platform of this process. */
export function authentication(): Promise<Authentication> {
  opened ??= open();
  return opened;
}

async function open(): Promise<Authentication> {
  const { engine, settings } = await platform();
  return openAuthentication(engine, {
    origin: settings.origin,
    secret: settings.secret,
    secondFactorRequired: !settings.isDemonstration,
    providers: openIdProviders(process.env),
    breachedPasswordsUrl: breachedPasswordsUrl(process.env)
  });
}

/** What signing in needs to know of a request. The address is the one that the start server vouches for. */
export function visitOf(event: RequestEvent): Visit {
  const headers = new Headers();
  headers.set('accept-language', event.locals.language);
  for (const name of ['cookie', 'user-agent']) {
    const value = event.request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  return { headers, address: event.getClientAddress() };
}

/** Sets the cookies that a sign-in, a renewal or a sign-out decided. */
export function setCookies(event: RequestEvent, lines: readonly string[]): void {
  for (const line of lines) {
    for (const [name, attributes] of parseSetCookieHeader(line)) {
      const options = toCookieOptions(attributes);
      event.cookies.set(name, attributes.value, { ...options, path: '/', secure: options.secure ?? false });
    }
  }
}
