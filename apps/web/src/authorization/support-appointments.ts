import { EVERYONE, NOBODY, SIGNED_IN, type RouteAccess } from './route-access.ts';

/** The appointments of a dossier are its circle's; a calendar is its owner's, by the secret of its address. */
const circle = {
  subject: 'dossier',
  own: SIGNED_IN,
  sameTerritory: NOBODY,
  otherTerritory: NOBODY,
  signIn: true
} as const;
const own = {
  subject: 'account',
  own: SIGNED_IN,
  sameTerritory: SIGNED_IN,
  otherTerritory: SIGNED_IN,
  signIn: true
} as const;
/** What the link of an invitation opens: the signature is the right, and one that is not ours leads nowhere. */
const withLink = { subject: 'token', sameTerritory: EVERYONE, otherTerritory: EVERYONE } as const;
const appointments = '/[territory]/dossiers/[dossier]/appointments';
const appointment = `${appointments}/[appointment]`;

export const supportAppointmentsAccess: readonly RouteAccess[] = [
  ...[appointments, `${appointments}/new`, `${appointment}/edit`, `${appointment}/answers`, `${appointment}/slip`].map(
    (route): RouteAccess => ({
      route,
      method: 'GET',
      ...circle
    })
  ),
  ...[appointments, `${appointments}/new`, `${appointment}/edit`, `${appointment}/answers`].map(
    (route): RouteAccess => ({
      route,
      method: 'POST',
      action: 'default',
      ...circle
    })
  ),
  { route: '/appointments/[token]', method: 'GET', ...withLink },
  { route: '/appointments/[token]', method: 'POST', action: 'default', ...withLink },
  { route: '/account/calendar', method: 'GET', ...own },
  ...['make', 'revoke'].map((action): RouteAccess => ({ route: '/account/calendar', method: 'POST', action, ...own })),
  { route: '/calendar/[token]', method: 'GET', subject: 'token', sameTerritory: NOBODY, otherTerritory: NOBODY }
];
