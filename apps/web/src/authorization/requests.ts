import { EVERYONE, NOBODY, STAFF, type RouteAccess } from './route-access.ts';

/** The territory's team, on what people asked there. */
const team = { own: STAFF, sameTerritory: STAFF, otherTerritory: NOBODY, signIn: true } as const;
/** What the link of a message opens: the link is the right. */
const withLink = { subject: 'token', sameTerritory: EVERYONE, otherTerritory: EVERYONE } as const;
const requests = '/[territory]/requests';
const request = `${requests}/[request]`;
const GESTURES = ['move', 'promise', 'keep', 'withdrawOffer', 'answerOffer', 'survey'];

export const requestsAccess: readonly RouteAccess[] = [
  { route: requests, method: 'GET', subject: 'territory', ...team },
  { route: request, method: 'GET', subject: 'request', ...team },
  ...GESTURES.map((action): RouteAccess => ({ route: request, method: 'POST', action, subject: 'request', ...team })),
  ...['offers', 'hand-overs'].flatMap((way): RouteAccess[] => [
    { route: `${request}/${way}/new`, method: 'GET', subject: 'request', ...team },
    { route: `${request}/${way}/new`, method: 'POST', action: 'default', subject: 'request', ...team }
  ]),
  // Published only where the territory says so: until then, the team's.
  {
    route: '/[territory]/answers',
    method: 'GET',
    subject: 'territory',
    own: STAFF,
    sameTerritory: STAFF,
    otherTerritory: NOBODY
  },
  { route: '/[territory]/unmet-needs', method: 'GET', subject: 'territory', ...team },
  { route: '/replies/[token]', method: 'GET', ...withLink },
  { route: '/replies/[token]', method: 'POST', action: 'answer', ...withLink },
  { route: '/replies/[token]', method: 'POST', action: 'renew', ...withLink },
  { route: '/surveys/[token]', method: 'GET', ...withLink },
  { route: '/surveys/[token]', method: 'POST', action: 'default', ...withLink }
];
