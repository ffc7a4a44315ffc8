import { SIGNED_IN, type RouteAccess } from './route-access.ts';

/** One's own data: nobody else's can be named. */
const own = {
  subject: 'account',
  own: SIGNED_IN,
  sameTerritory: SIGNED_IN,
  otherTerritory: SIGNED_IN,
  signIn: true
} as const;

export const trustAccess: readonly RouteAccess[] = [
  { route: '/account/data', method: 'GET', ...own },
  { route: '/account/data', method: 'POST', action: 'withdraw', ...own },
  { route: '/account/data/export', method: 'GET', ...own },
  { route: '/account/data/erase', method: 'GET', ...own },
  { route: '/account/data/erase', method: 'POST', action: 'default', ...own }
];
