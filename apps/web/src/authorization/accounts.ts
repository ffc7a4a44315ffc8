import { COORDINATION, EVERYONE, NOBODY, SIGNED_IN, STAFF, type RouteAccess } from './route-access.ts';

/** Pages that anybody may ask for, signed in or not. Whoever is signed in already is led on from the first ones. */
const open = { subject: 'platform', sameTerritory: EVERYONE, otherTerritory: EVERYONE } as const;
/** A link received by mail: the token is the right, and a random one leads nowhere. */
const byToken = { subject: 'token', sameTerritory: EVERYONE, otherTerritory: EVERYONE } as const;
/** One's own account: nobody else's can be named. */
const own = {
  subject: 'account',
  own: SIGNED_IN,
  sameTerritory: SIGNED_IN,
  otherTerritory: SIGNED_IN,
  signIn: true
} as const;
/** Who does what in a territory: its coordination. */
const coordination = {
  subject: 'territory',
  sameTerritory: [...COORDINATION, 'platform-administrator'],
  otherTerritory: ['platform-administrator'],
  signIn: true
} as const;

/** Who belongs to an organisation: those who manage it, and the team. */
const membership = {
  subject: 'organization',
  own: ['organization-manager', ...STAFF, 'platform-administrator'],
  sameTerritory: [...STAFF, 'platform-administrator'],
  otherTerritory: ['platform-administrator'],
  signIn: true
} as const;

const members = '/[territory]/organizations/[organization]/members';
const people = '/[territory]/coordination/people';

export const accountsAccess: readonly RouteAccess[] = [
  { route: '/sign-in', method: 'GET', ...open },
  { route: '/sign-in', method: 'POST', action: 'password', ...open },
  { route: '/sign-in', method: 'POST', action: 'link', ...open },
  { route: '/sign-in/link-sent', method: 'GET', ...open },
  { route: '/sign-in/second-step', method: 'GET', ...open },
  { route: '/sign-in/second-step', method: 'POST', action: 'default', ...open },
  { route: '/sign-in/passkey', method: 'GET', ...open },
  { route: '/sign-in/passkey', method: 'POST', ...open },
  // Answers only for the identity providers of the deployment's settings.
  { route: '/sign-in/openid/[provider]', method: 'GET', ...byToken },
  { route: '/sign-in/openid/callback/[provider]', method: 'GET', ...byToken },
  { route: '/sign-up', method: 'GET', ...open },
  { route: '/sign-up', method: 'POST', action: 'default', ...open },
  { route: '/sign-out', method: 'GET', ...open },
  { route: '/sign-out', method: 'POST', action: 'default', ...open },
  { route: '/magic-link/[token]', method: 'GET', ...byToken },
  { route: '/magic-link/[token]', method: 'POST', action: 'default', ...byToken },
  { route: '/password/reset', method: 'GET', ...open },
  { route: '/password/reset', method: 'POST', action: 'default', ...open },
  { route: '/password/reset/[token]', method: 'GET', ...byToken },
  { route: '/password/reset/[token]', method: 'POST', action: 'default', ...byToken },
  { route: '/account', method: 'GET', ...own },
  { route: '/account', method: 'POST', action: 'giveUp', ...own },
  { route: '/account/profile', method: 'GET', ...own },
  { route: '/account/profile', method: 'POST', action: 'default', ...own },
  { route: '/account/security', method: 'GET', ...own },
  { route: '/account/security', method: 'POST', action: 'password', ...own },
  { route: '/account/security', method: 'POST', action: 'removePasskey', ...own },
  { route: '/account/security', method: 'POST', action: 'endSession', ...own },
  { route: '/account/security', method: 'POST', action: 'endOtherSessions', ...own },
  { route: '/account/security/second-factor', method: 'GET', ...own },
  { route: '/account/security/second-factor', method: 'POST', action: 'start', ...own },
  { route: '/account/security/second-factor', method: 'POST', action: 'confirm', ...own },
  { route: '/account/security/second-factor', method: 'POST', action: 'renew', ...own },
  { route: '/account/security/second-factor', method: 'POST', action: 'remove', ...own },
  { route: '/account/security/passkeys', method: 'GET', ...own, signIn: false },
  { route: '/account/security/passkeys', method: 'POST', ...own, signIn: false },
  { route: '/invitations/[token]', method: 'GET', ...byToken, subject: 'invitation' },
  // Accepting is for the account that the invitation is addressed to; opening an account, for an address without one.
  {
    route: '/invitations/[token]',
    method: 'POST',
    action: 'accept',
    subject: 'invitation',
    own: SIGNED_IN,
    sameTerritory: NOBODY,
    otherTerritory: NOBODY
  },
  { route: '/invitations/[token]', method: 'POST', action: 'open', ...byToken, subject: 'invitation' },
  { route: people, method: 'GET', ...coordination },
  { route: people, method: 'POST', action: 'invite', ...coordination },
  { route: people, method: 'POST', action: 'withdraw', ...coordination },
  { route: people, method: 'POST', action: 'end', ...coordination },
  { route: members, method: 'GET', ...membership },
  { route: members, method: 'POST', action: 'invite', ...membership },
  { route: members, method: 'POST', action: 'withdraw', ...membership },
  { route: members, method: 'POST', action: 'end', ...membership }
];
