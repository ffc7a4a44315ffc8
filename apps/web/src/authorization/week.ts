import { COORDINATION, EVERYONE, NOBODY, SIGNED_IN, STAFF, type RouteAccess } from './route-access.ts';

/** What the end of a message opens: the signed address is the right. */
const withAddress = { subject: 'token', sameTerritory: EVERYONE, otherTerritory: EVERYONE } as const;
const unsubscribe = '/unsubscribe/[token]';

/** What somebody of the team owes: their own, whatever the form names. */
const ofTheTeam = { subject: 'territory', sameTerritory: STAFF, otherTerritory: NOBODY, signIn: true } as const;
const week = '/[territory]/week';

/** One's own saved searches: nobody else's can be named. */
const ofTheAccount = {
  subject: 'account',
  own: SIGNED_IN,
  sameTerritory: SIGNED_IN,
  otherTerritory: SIGNED_IN,
  signIn: true
} as const;
const forAll = { subject: 'territory', sameTerritory: EVERYONE, otherTerritory: EVERYONE } as const;
const newAlert = '/[territory]/alerts/new';
const alerts = '/alerts/[token]';

export const weekAccess: readonly RouteAccess[] = [
  {
    route: '/[territory]/coordination',
    method: 'POST',
    action: 'assign',
    ...ofTheTeam,
    sameTerritory: COORDINATION
  },
  {
    route: '/start',
    method: 'GET',
    subject: 'platform',
    sameTerritory: SIGNED_IN,
    otherTerritory: SIGNED_IN,
    signIn: true
  },
  // Present in the demonstration alone: elsewhere nobody finds it.
  { route: '/sent', method: 'GET', subject: 'platform', sameTerritory: EVERYONE, otherTerritory: EVERYONE },
  { route: week, method: 'GET', ...ofTheTeam },
  ...['call', 'done', 'postpone', 'told'].map((action): RouteAccess => ({
    route: week,
    method: 'POST',
    action,
    ...ofTheTeam
  })),
  { route: newAlert, method: 'GET', ...forAll },
  { route: newAlert, method: 'POST', action: 'default', ...forAll },
  { route: '/account/alerts', method: 'GET', ...ofTheAccount },
  { route: '/account/alerts', method: 'POST', action: 'change', ...ofTheAccount },
  { route: '/account/alerts', method: 'POST', action: 'remove', ...ofTheAccount },
  { route: alerts, method: 'GET', ...withAddress },
  ...['confirm', 'change', 'remove'].map((action): RouteAccess => ({
    route: alerts,
    method: 'POST',
    action,
    ...withAddress
  })),
  { route: unsubscribe, method: 'GET', ...withAddress },
  { route: unsubscribe, method: 'POST', action: 'stop', ...withAddress },
  { route: unsubscribe, method: 'POST', action: 'choose', ...withAddress },
  { route: `${unsubscribe}/one-click`, method: 'GET', ...withAddress },
  { route: `${unsubscribe}/one-click`, method: 'POST', ...withAddress }
];
