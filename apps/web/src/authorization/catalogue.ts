import { EVERYONE, NOBODY, STAFF, type RouteAccess } from './route-access.ts';

const SUPPORTS = '/[territory]/supports';
const SUPPORT = `${SUPPORTS}/[support]`;
const IMPORT = `${SUPPORTS}/imports/[import]`;

/** Everybody reads the catalogue; the territory's team keeps it. */
export const catalogueAccess: readonly RouteAccess[] = [
  open(SUPPORTS, 'territory'),
  open(`${SUPPORTS}/print`, 'territory'),
  open(`${SUPPORTS}/export`, 'territory'),
  open(SUPPORT, 'support'),
  ...['check', 'hide', 'show', 'withdraw', 'share'].map((action) => sent(SUPPORT, 'support', action)),
  ...kept(`${SUPPORTS}/new`, 'territory', ['default']),
  ...kept(`${SUPPORTS}/kept`, 'territory', []),
  ...kept(`${SUPPORTS}/templates`, 'territory', ['adopt']),
  ...kept(`${SUPPORTS}/imports`, 'territory', ['default']),
  ...kept(`${SUPPORT}/edit`, 'support', ['default']),
  ...kept(`${SUPPORT}/template`, 'support', ['take', 'leave']),
  ...kept(IMPORT, 'support-import', ['confirm', 'correct', 'cancel'])
];

function open(route: string, subject: RouteAccess['subject']): RouteAccess {
  return { route, method: 'GET', subject, own: EVERYONE, sameTerritory: EVERYONE, otherTerritory: EVERYONE };
}

function kept(route: string, subject: RouteAccess['subject'], actions: readonly string[]): RouteAccess[] {
  const who = { own: STAFF, sameTerritory: STAFF, otherTerritory: NOBODY, signIn: true };
  return [{ route, method: 'GET', subject, ...who }, ...actions.map((action) => sent(route, subject, action))];
}

function sent(route: string, subject: RouteAccess['subject'], action: string): RouteAccess {
  return {
    route,
    method: 'POST',
    action,
    subject,
    own: STAFF,
    sameTerritory: STAFF,
    otherTerritory: NOBODY,
    signIn: true
  };
}
