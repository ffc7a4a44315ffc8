import { NOBODY, SIGNED_IN, STAFF, type RouteAccess } from './route-access.ts';

/** What is kept of a dossier is its circle's, as long as the structure has not said yes. */
const circle = {
  subject: 'dossier',
  own: SIGNED_IN,
  sameTerritory: NOBODY,
  otherTerritory: NOBODY,
  signIn: true
} as const;
/** What was shared is read by those who accompany others in the territory. */
const team = { sameTerritory: STAFF, otherTerritory: NOBODY, signIn: true } as const;
const dossier = '/[territory]/dossiers/[dossier]';
const cases = '/[territory]/cases';

export const supportMemoryAccess: readonly RouteAccess[] = [
  { route: `${dossier}/case`, method: 'GET', ...circle },
  ...['save', 'publish', 'withdraw'].map((action): RouteAccess => ({
    route: `${dossier}/case`,
    method: 'POST',
    action,
    ...circle
  })),
  { route: `${dossier}/feedback`, method: 'GET', ...circle },
  { route: `${dossier}/feedback`, method: 'POST', action: 'default', ...circle },
  ...['', '/paper/[paper]'].map((page): RouteAccess => ({
    route: `${dossier}/year-report${page}`,
    method: 'GET',
    ...circle
  })),
  { route: cases, method: 'GET', subject: 'territory', ...team },
  { route: `${cases}/[experience]`, method: 'GET', subject: 'support-case', ...team }
];
