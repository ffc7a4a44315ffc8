import { NOBODY, STAFF, type RouteAccess } from './route-access.ts';

/** A month is of whoever asks: nobody else's can be named. */
const ofTheTeam = { subject: 'territory', sameTerritory: STAFF, otherTerritory: NOBODY, signIn: true } as const;
const month = '/[territory]/week/report';

export const supportReportsAccess: readonly RouteAccess[] = [
  ...['', '/figures', '/paper/[paper]'].map((page): RouteAccess => ({
    route: `${month}${page}`,
    method: 'GET',
    ...ofTheTeam
  })),
  ...['save', 'freeze'].map((action): RouteAccess => ({ route: month, method: 'POST', action, ...ofTheTeam }))
];
