import { NOBODY, SIGNED_IN, STAFF, type RouteAccess } from './route-access.ts';

/** Whoever prepares a committee, and its members in their thirty days; the team knows its dates. */
const committee = { subject: 'committee', own: SIGNED_IN, otherTerritory: NOBODY, signIn: true } as const;
const circle = {
  subject: 'dossier',
  own: SIGNED_IN,
  sameTerritory: NOBODY,
  otherTerritory: NOBODY,
  signIn: true
} as const;
const committees = '/[territory]/committees';
const one = `${committees}/[committee]`;
const ofDossier = '/[territory]/dossiers/[dossier]/plan/committee';

export const supportCommitteeAccess: readonly RouteAccess[] = [
  // Those that one may see: none for whoever sits nowhere.
  {
    route: committees,
    method: 'GET',
    subject: 'territory',
    own: SIGNED_IN,
    sameTerritory: SIGNED_IN,
    otherTerritory: SIGNED_IN,
    signIn: true
  },
  ...(['GET', 'POST'] as const).map((method): RouteAccess => ({
    route: `${committees}/new`,
    method,
    ...(method === 'POST' ? { action: 'default' } : {}),
    subject: 'territory',
    own: STAFF,
    sameTerritory: STAFF,
    otherTerritory: NOBODY,
    signIn: true
  })),
  { route: one, method: 'GET', ...committee, sameTerritory: STAFF },
  ...['seat', 'unseat', 'opinion', 'minutes', 'task', 'finish'].map((action): RouteAccess => ({
    route: one,
    method: 'POST',
    action,
    ...committee,
    sameTerritory: NOBODY
  })),
  { route: `${one}/paper/[paper]`, method: 'GET', ...committee, sameTerritory: NOBODY },
  { route: ofDossier, method: 'GET', ...circle },
  ...['put', 'takeOff'].map((action): RouteAccess => ({ route: ofDossier, method: 'POST', action, ...circle }))
];
