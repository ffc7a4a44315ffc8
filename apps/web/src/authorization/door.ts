import { EVERYONE, NOBODY, STAFF, type RouteAccess } from './route-access.ts';

/** Anybody asks, without an account; what was typed is opened by its code alone. */
const all = { subject: 'territory', own: EVERYONE, sameTerritory: EVERYONE, otherTerritory: EVERYONE } as const;
/** The territory's team types for people who come to them. */
const team = { subject: 'territory', own: STAFF, sameTerritory: STAFF, otherTerritory: NOBODY, signIn: true } as const;
const door = '/[territory]/door/[kind]';

export const doorAccess: readonly RouteAccess[] = [
  { route: door, method: 'GET', ...all },
  ...['send', 'keep', 'erase'].map((action): RouteAccess => ({ route: door, method: 'POST', action, ...all })),
  { route: `${door}/draft`, method: 'PUT', ...all },
  { route: `${door}/sent`, method: 'GET', ...all },
  { route: `${door}/assisted`, method: 'GET', ...team },
  { route: `${door}/assisted`, method: 'POST', action: 'default', ...team }
];
