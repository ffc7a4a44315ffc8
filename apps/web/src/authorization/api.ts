import { EVERYONE, NOBODY, type RouteAccess } from './route-access.ts';

const V1 = '/api/v1';

/** The open interface is everybody's, and reads only: it answers the same whoever asks. */
export const apiAccess: readonly RouteAccess[] = [
  open('/api', 'platform'),
  // Whatever is not an address of the interface: everybody is told so, as a problem document.
  { route: '/api/[...unknown]', method: 'GET', subject: 'platform', sameTerritory: NOBODY, otherTerritory: NOBODY },
  // An SMS gateway's own address: without its signature, nobody's.
  { route: '/api/incoming-texts', method: 'POST', subject: 'platform', sameTerritory: NOBODY, otherTerritory: NOBODY },
  ...['openapi.json', 'territories', 'organizations', 'services', 'places', 'needs', 'offers', 'supports'].map((name) =>
    open(`${V1}/${name}`, 'platform')
  ),
  open(`${V1}/organizations/[organization]`, 'organization'),
  open(`${V1}/supports/[support]`, 'support')
];

function open(route: string, subject: RouteAccess['subject']): RouteAccess {
  return { route, method: 'GET', subject, sameTerritory: EVERYONE, otherTerritory: EVERYONE };
}
