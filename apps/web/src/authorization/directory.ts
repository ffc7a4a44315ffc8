import { EVERYONE, NOBODY, SIGNED_IN, STAFF, type RouteAccess, type Who } from './route-access.ts';

/** Whoever belongs to the organisation, or made its sheet: anybody with an account may have made one. */
const OWNERS: readonly Who[] = SIGNED_IN;

const organization = '/[territory]/organizations/[organization]';

/** A form that owners and the territory's team open and send; a visitor is sent to sign in. */
function ownersForm(route: string, subject: RouteAccess['subject'], actions: readonly string[]): RouteAccess[] {
  const who = { subject, own: OWNERS, sameTerritory: STAFF, otherTerritory: NOBODY, signIn: true };
  return [
    { route, method: 'GET', ...who },
    ...actions.map((action): RouteAccess => ({ route, method: 'POST', action, ...who }))
  ];
}

/** A page that anybody reads, wherever it is. */
function publicPage(route: string, subject: RouteAccess['subject']): RouteAccess {
  return { route, method: 'GET', subject, own: EVERYONE, sameTerritory: EVERYONE, otherTerritory: EVERYONE };
}

/** Needs and offers: read by all, followed by their organisation and the team. */
function posts(route: string): RouteAccess[] {
  return [
    publicPage(route, 'territory'),
    publicPage(`${route}/[post]`, 'post'),
    {
      route: `${route}/[post]`,
      method: 'POST',
      action: 'default',
      subject: 'post',
      own: OWNERS,
      sameTerritory: STAFF,
      otherTerritory: NOBODY
    }
  ];
}

export const directoryAccess: readonly RouteAccess[] = [
  publicPage('/[territory]/organizations', 'territory'),
  publicPage('/[territory]/organizations/map', 'territory'),
  publicPage('/[territory]/organizations/print', 'territory'),
  publicPage('/[territory]/organizations/outlines', 'territory'),
  publicPage('/[territory]/map-embed', 'territory'),
  publicPage(organization, 'organization'),
  {
    route: organization,
    method: 'POST',
    action: 'confirm',
    subject: 'organization',
    own: OWNERS,
    sameTerritory: STAFF,
    otherTerritory: NOBODY
  },
  publicPage(`${organization}/correction`, 'organization'),
  {
    route: `${organization}/correction`,
    method: 'POST',
    action: 'default',
    subject: 'organization',
    own: EVERYONE,
    sameTerritory: EVERYONE,
    otherTerritory: EVERYONE
  },
  ...(['GET', 'POST'] as const).map((method): RouteAccess => ({
    route: '/[territory]/organizations/new',
    method,
    ...(method === 'POST' ? { action: 'default' } : {}),
    subject: 'territory',
    sameTerritory: SIGNED_IN,
    otherTerritory: SIGNED_IN,
    signIn: true
  })),
  ...ownersForm(`${organization}/edit`, 'organization', ['default']),
  ...ownersForm(`${organization}/history`, 'organization', []),
  publicPage(`${organization}/picture/[file]`, 'organization'),
  ...ownersForm(`${organization}/picture`, 'organization', ['save', 'remove']),
  ...ownersForm(`${organization}/places/[place]`, 'place', ['save', 'remove']),
  ...ownersForm(`${organization}/services/[service]`, 'service', ['save', 'remove']),
  ...ownersForm(`${organization}/posts/new`, 'organization', ['default']),
  ...(['GET', 'POST'] as const).map((method): RouteAccess => ({
    route: `${organization}/decision`,
    method,
    ...(method === 'POST' ? { action: 'default' } : {}),
    subject: 'organization',
    own: STAFF,
    sameTerritory: STAFF,
    otherTerritory: NOBODY,
    signIn: true
  })),
  ...posts('/[territory]/needs'),
  ...posts('/[territory]/offers'),
  publicPage('/[territory]/skills', 'territory'),
  {
    route: '/[territory]/skills',
    method: 'POST',
    action: 'withdraw',
    subject: 'skill',
    own: SIGNED_IN,
    sameTerritory: STAFF,
    otherTerritory: NOBODY,
    signIn: true
  },
  {
    route: '/[territory]/skills',
    method: 'POST',
    action: 'publish',
    subject: 'skill',
    own: STAFF,
    sameTerritory: STAFF,
    otherTerritory: NOBODY,
    signIn: true
  },
  ...(['GET', 'POST'] as const).map((method): RouteAccess => ({
    route: '/[territory]/skills/new',
    method,
    ...(method === 'POST' ? { action: 'default' } : {}),
    subject: 'territory',
    sameTerritory: SIGNED_IN,
    otherTerritory: SIGNED_IN,
    signIn: true
  })),
  {
    route: '/[territory]/corrections',
    method: 'GET',
    subject: 'territory',
    sameTerritory: STAFF,
    otherTerritory: NOBODY,
    signIn: true
  },
  {
    route: '/[territory]/corrections',
    method: 'POST',
    action: 'decide',
    subject: 'territory',
    sameTerritory: STAFF,
    otherTerritory: NOBODY,
    signIn: true
  },
  publicPage('/confirm/[token]', 'token'),
  {
    route: '/confirm/[token]',
    method: 'POST',
    action: 'default',
    subject: 'token',
    own: EVERYONE,
    sameTerritory: EVERYONE,
    otherTerritory: EVERYONE
  }
];
