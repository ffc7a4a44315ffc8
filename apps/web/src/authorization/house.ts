import { EVERYONE, type RouteAccess } from './route-access.ts';

/** The pages of the house: read by anybody, about nobody. */
export const houseAccess: readonly RouteAccess[] = [
  ...[
    '/',
    '/accessibility',
    '/contact',
    '/healthz',
    '/kit',
    '/kit/outlines',
    '/legal',
    '/preferences',
    '/privacy',
    '/readyz'
  ].map((route) => open(route, 'GET')),
  { ...open('/preferences', 'POST'), action: 'default' },
  { ...open('/kit', 'POST'), action: 'default' },
  ...['/[territory]', '/[territory]/contact', '/[territory]/information'].map((route): RouteAccess => ({
    ...open(route, 'GET'),
    subject: 'territory'
  }))
];

function open(route: string, method: RouteAccess['method']): RouteAccess {
  return { route, method, subject: 'platform', sameTerritory: EVERYONE, otherTerritory: EVERYONE };
}
