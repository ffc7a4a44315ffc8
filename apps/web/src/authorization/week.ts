import { EVERYONE, type RouteAccess } from './route-access.ts';

/** What the end of a message opens: the signed address is the right. */
const withAddress = { subject: 'token', sameTerritory: EVERYONE, otherTerritory: EVERYONE } as const;
const unsubscribe = '/unsubscribe/[token]';

export const weekAccess: readonly RouteAccess[] = [
  { route: unsubscribe, method: 'GET', ...withAddress },
  { route: unsubscribe, method: 'POST', action: 'stop', ...withAddress },
  { route: unsubscribe, method: 'POST', action: 'choose', ...withAddress },
  { route: `${unsubscribe}/one-click`, method: 'GET', ...withAddress },
  { route: `${unsubscribe}/one-click`, method: 'POST', ...withAddress }
];
