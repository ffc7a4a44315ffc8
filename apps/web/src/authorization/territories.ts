import { COORDINATION, EVERYONE, NOBODY, PLATFORM, STAFF, type RouteAccess, type Who } from './route-access.ts';

const HOME = '/[territory]/coordination';

/** The portrait is everybody's; the hub is the staff's; what shapes a territory is its coordination's; opening one, the platform's. */
export const territoriesAccess: readonly RouteAccess[] = [
  {
    route: '/[territory]/portrait',
    method: 'GET',
    subject: 'territory',
    sameTerritory: EVERYONE,
    otherTerritory: EVERYONE
  },
  ...held(HOME, STAFF),
  ...held(`${HOME}/settings`, COORDINATION),
  ...held(`${HOME}/settings/[setting]`, COORDINATION, ['default']),
  ...held(`${HOME}/neighbourhoods`, COORDINATION, ['read', 'draw']),
  ...held(`${HOME}/figures`, COORDINATION, ['default']),
  ...held(`${HOME}/figures/template`, COORDINATION),
  ...ofThePlatform('/administration'),
  ...ofThePlatform('/administration/territories/new', ['default'])
];

function held(route: string, who: readonly Who[], actions: readonly string[] = []): RouteAccess[] {
  const shared = { route, subject: 'territory', sameTerritory: who, otherTerritory: NOBODY, signIn: true } as const;
  return withActions(shared, actions);
}

function ofThePlatform(route: string, actions: readonly string[] = []): RouteAccess[] {
  const shared = {
    route,
    subject: 'platform',
    sameTerritory: PLATFORM,
    otherTerritory: PLATFORM,
    signIn: true
  } as const;
  return withActions(shared, actions);
}

function withActions(shared: Omit<RouteAccess, 'method'>, actions: readonly string[]): RouteAccess[] {
  return [
    { ...shared, method: 'GET' },
    ...actions.map((action): RouteAccess => ({ ...shared, method: 'POST', action }))
  ];
}
