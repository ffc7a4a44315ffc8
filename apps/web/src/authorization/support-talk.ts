import { NOBODY, SIGNED_IN, type RouteAccess } from './route-access.ts';

/** Conversations, documents and the advisers' room: the circle's, and nobody else's. */
const circle = {
  subject: 'dossier',
  own: SIGNED_IN,
  sameTerritory: NOBODY,
  otherTerritory: NOBODY,
  signIn: true
} as const;
const talk = '/[territory]/dossiers/[dossier]/talk';

export const supportTalkAccess: readonly RouteAccess[] = [
  ...[
    '',
    '/new',
    '/advisers',
    '/[thread]',
    '/[thread]/paper/[paper]',
    '/drafts/[message]',
    '/documents',
    '/documents/[document]'
  ].map((page): RouteAccess => ({ route: `${talk}${page}`, method: 'GET', ...circle })),
  ...['/new', '/[thread]'].map((page): RouteAccess => ({
    route: `${talk}${page}`,
    method: 'POST',
    action: 'default',
    ...circle
  })),
  ...['add', 'upload', 'arrange', 'publish', 'drop'].map((action): RouteAccess => ({
    route: `${talk}/drafts/[message]`,
    method: 'POST',
    action,
    ...circle
  })),
  ...['add', 'remove'].map((action): RouteAccess => ({ route: `${talk}/documents`, method: 'POST', action, ...circle }))
];
