import { COORDINATION, NOBODY, SIGNED_IN, type RouteAccess } from './route-access.ts';

/** What a structure lets others count or hear is its circle's; the counts, in which nobody is named, are the coordination's. */
const circle = {
  subject: 'dossier',
  own: SIGNED_IN,
  sameTerritory: NOBODY,
  otherTerritory: NOBODY,
  signIn: true
} as const;
const coordination = {
  subject: 'territory',
  own: COORDINATION,
  sameTerritory: COORDINATION,
  otherTerritory: NOBODY,
  signIn: true
} as const;
const consents = '/[territory]/dossiers/[dossier]/diagnosis/[diagnosis]/consents';

export const supportConsentsAccess: readonly RouteAccess[] = [
  { route: consents, method: 'GET', ...circle },
  { route: consents, method: 'POST', action: 'default', ...circle },
  { route: `${consents}/help`, method: 'GET', ...circle },
  // A sheet of the catalogue is proposed by somebody of its territory's team.
  { route: `${consents}/help`, method: 'POST', action: 'default', ...circle },
  { route: '/[territory]/diagnoses', method: 'GET', ...coordination },
  { route: '/[territory]/diagnoses', method: 'POST', action: 'default', ...coordination },
  { route: '/[territory]/diagnoses/csv', method: 'GET', ...coordination }
];
