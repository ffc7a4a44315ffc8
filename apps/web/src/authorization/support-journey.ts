import { EVERYONE, NOBODY, SIGNED_IN, type RouteAccess } from './route-access.ts';

/** A dossier is its circle's, whatever their role in the territory, and nobody else's. */
const circle = {
  subject: 'dossier',
  own: SIGNED_IN,
  sameTerritory: NOBODY,
  otherTerritory: NOBODY,
  signIn: true
} as const;
/** What a circle chose to show to everybody. */
const shown = { subject: 'dossier', own: EVERYONE, sameTerritory: EVERYONE, otherTerritory: EVERYONE } as const;
const dossier = '/[territory]/dossiers/[dossier]';

export const journeyAccess: readonly RouteAccess[] = [
  { route: `${dossier}/journey`, method: 'GET', ...circle },
  ...['plan', 'answer', 'decide'].map((action): RouteAccess => ({
    route: `${dossier}/journey`,
    method: 'POST',
    action,
    ...circle
  })),
  { route: `${dossier}/journey/[step]`, method: 'GET', ...circle },
  { route: `${dossier}/journey/[step]`, method: 'POST', action: 'default', ...circle },
  { route: `${dossier}/journey/[step]/paper/[paper]`, method: 'GET', ...circle },
  { route: `${dossier}/journey/paper/[paper]`, method: 'GET', ...circle },
  { route: `${dossier}/circle`, method: 'POST', action: 'neighbour', ...circle },
  // Whoever is awaited nowhere is told that there is nothing.
  {
    route: '/[territory]/dossiers',
    method: 'POST',
    action: 'join',
    subject: 'territory',
    own: NOBODY,
    sameTerritory: NOBODY,
    otherTerritory: NOBODY,
    signIn: true
  },
  { route: `${dossier}/visibility`, method: 'GET', ...circle },
  { route: `${dossier}/visibility`, method: 'POST', action: 'share', ...circle },
  {
    route: '/[territory]/projects',
    method: 'GET',
    subject: 'territory',
    own: EVERYONE,
    sameTerritory: EVERYONE,
    otherTerritory: EVERYONE
  },
  { route: '/[territory]/projects/[dossier]', method: 'GET', ...shown }
];
