import { NOBODY, SIGNED_IN, type RouteAccess } from './route-access.ts';

/** The plan of a dossier is its circle's, and nobody else's. */
const circle = {
  subject: 'dossier',
  own: SIGNED_IN,
  sameTerritory: NOBODY,
  otherTerritory: NOBODY,
  signIn: true
} as const;
const plan = '/[territory]/dossiers/[dossier]/plan';
const need = `${plan}/experts/[need]`;
const post = { method: 'POST', action: 'default' } as const;

export const supportPlanAccess: readonly RouteAccess[] = [
  { route: plan, method: 'GET', ...circle },
  { route: `${plan}/paper/[paper]`, method: 'GET', ...circle },
  ...['priorities', 'move'].map((action): RouteAccess => ({ route: plan, method: 'POST', action, ...circle })),
  ...['/actions/new', '/actions/[action]', '/actions/[action]/edit'].flatMap((page): RouteAccess[] => [
    { route: `${plan}${page}`, method: 'GET', ...circle },
    { route: `${plan}${page}`, ...post, ...circle }
  ]),
  { route: `${plan}/experts`, method: 'GET', ...circle },
  { route: `${plan}/experts/new`, method: 'GET', ...circle },
  { route: `${plan}/experts/new`, ...post, ...circle },
  { route: need, method: 'GET', ...circle },
  ...['propose', 'choose', 'withdraw', 'hours', 'deliver', 'tell', 'end'].map((action): RouteAccess => ({
    route: need,
    method: 'POST',
    action,
    ...circle
  })),
  // The form says which of one's own dossiers.
  { route: '/[territory]/supports/[support]', method: 'POST', action: 'plan', ...circle }
];
