import { NOBODY, SIGNED_IN, type RouteAccess, type Who } from './route-access.ts';

/** A dossier is its circle's, whatever their role in the territory, and nobody else's. */
const circle = {
  subject: 'dossier',
  own: SIGNED_IN,
  sameTerritory: NOBODY,
  otherTerritory: NOBODY,
  signIn: true
} as const;
const FACILITATOR: readonly Who[] = ['facilitator'];
const dossiers = '/[territory]/dossiers';
const dossier = `${dossiers}/[dossier]`;
const diagnosis = `${dossier}/diagnosis/[diagnosis]`;
const post = { method: 'POST', action: 'default' } as const;

export const supportAccess: readonly RouteAccess[] = [
  // One's own list: empty for whoever is in no circle.
  {
    route: dossiers,
    method: 'GET',
    subject: 'territory',
    own: SIGNED_IN,
    sameTerritory: SIGNED_IN,
    otherTerritory: SIGNED_IN,
    signIn: true
  },
  ...(['GET', 'POST'] as const).map((method): RouteAccess => ({
    route: `${dossiers}/new`,
    method,
    ...(method === 'POST' ? { action: 'default' } : {}),
    subject: 'territory',
    own: FACILITATOR,
    sameTerritory: FACILITATOR,
    otherTerritory: NOBODY,
    signIn: true
  })),
  { route: dossier, method: 'GET', ...circle },
  { route: dossier, ...post, ...circle },
  { route: `${dossier}/end`, method: 'GET', ...circle },
  { route: `${dossier}/end`, ...post, ...circle },
  { route: `${dossier}/notes`, method: 'GET', ...circle },
  { route: `${dossier}/notes/new`, method: 'GET', ...circle },
  { route: `${dossier}/notes/new`, ...post, ...circle },
  { route: `${dossier}/diagnosis`, method: 'GET', ...circle },
  { route: `${dossier}/diagnosis`, ...post, ...circle },
  { route: `${dossier}/diagnosis/blank`, method: 'GET', ...circle },
  ...['', '/answers', '/agreement', '/report'].map((page): RouteAccess => ({
    route: `${diagnosis}${page}`,
    method: 'GET',
    ...circle
  })),
  ...['compare', 'prioritise', 'sign'].map((action): RouteAccess => ({
    route: diagnosis,
    method: 'POST',
    action,
    ...circle
  })),
  { route: `${diagnosis}/answers`, ...post, ...circle },
  { route: `${diagnosis}/agreement`, ...post, ...circle },
  { route: `${dossier}/reads`, method: 'GET', ...circle },
  { route: `${dossier}/circle`, method: 'GET', ...circle },
  ...['add', 'end'].map((action): RouteAccess => ({ route: `${dossier}/circle`, method: 'POST', action, ...circle })),
  // Handing over asks for a facilitator of the territory.
  { route: `${dossier}/circle`, method: 'POST', action: 'handOver', ...circle, own: FACILITATOR }
];
