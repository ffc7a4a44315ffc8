import { NOBODY, STAFF, type RouteAccess } from './route-access.ts';

/** A facilitator hands over their own dossiers; the coordination anybody's, without reading them. */
export const supportPortfolioAccess: readonly RouteAccess[] = (['GET', 'POST'] as const).map((method) => ({
  route: '/[territory]/dossiers/hand-over',
  method,
  ...(method === 'POST' ? { action: 'default' } : {}),
  subject: 'territory',
  own: STAFF,
  sameTerritory: STAFF,
  otherTerritory: NOBODY,
  signIn: true
}));
