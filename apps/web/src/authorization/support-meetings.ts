import { EVERYONE, NOBODY, SIGNED_IN, type RouteAccess } from './route-access.ts';

/** The possible meetings of a dossier are its circle's. */
const circle = {
  subject: 'dossier',
  own: SIGNED_IN,
  sameTerritory: NOBODY,
  otherTerritory: NOBODY,
  signIn: true
} as const;
/** What the link of a message opens: the link is the right. */
const withLink = { subject: 'token', sameTerritory: EVERYONE, otherTerritory: EVERYONE } as const;
/** Whoever is signed in sees what was proposed to their own structures: nothing, for most. */
const member = {
  subject: 'territory',
  own: SIGNED_IN,
  sameTerritory: SIGNED_IN,
  otherTerritory: SIGNED_IN,
  signIn: true
} as const;
const meetings = '/[territory]/dossiers/[dossier]/meetings';
const GESTURES = ['describe', 'propose', 'dismiss', 'answer', 'met', 'outcome', 'withdraw', 'decide'];

export const meetingsAccess: readonly RouteAccess[] = [
  { route: meetings, method: 'GET', ...circle },
  ...GESTURES.map((action): RouteAccess => ({ route: meetings, method: 'POST', action, ...circle })),
  { route: '/[territory]/meetings', method: 'GET', ...member },
  ...['answer', 'outcome'].map((action): RouteAccess => ({
    route: '/[territory]/meetings',
    method: 'POST',
    action,
    ...member
  })),
  { route: '/meetings/[token]', method: 'GET', ...withLink },
  ...['answer', 'outcome', 'renew'].map((action): RouteAccess => ({
    route: '/meetings/[token]',
    method: 'POST',
    action,
    ...withLink
  }))
];
