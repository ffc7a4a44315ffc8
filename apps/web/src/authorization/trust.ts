import { EVERYONE, NOBODY, SIGNED_IN, STAFF, type RouteAccess } from './route-access.ts';

/** One's own data: nobody else's can be named. */
const own = {
  subject: 'account',
  own: SIGNED_IN,
  sameTerritory: SIGNED_IN,
  otherTerritory: SIGNED_IN,
  signIn: true
} as const;

/** The territory's team, on what people published or said there. */
const team = { own: STAFF, sameTerritory: STAFF, otherTerritory: NOBODY, signIn: true } as const;
const all = { own: EVERYONE, sameTerritory: EVERYONE, otherTerritory: EVERYONE } as const;
const moderation = '/[territory]/moderation';
const decision = `${moderation}/decisions/[decision]`;
const persons = '/[territory]/coordination/persons';
const assisted = '/[territory]/assisted';
/** What the code of a receipt opens: the code is the right, and somebody without one is asked for it. */
const withCode = { subject: 'token', sameTerritory: EVERYONE, otherTerritory: EVERYONE } as const;

export const trustAccess: readonly RouteAccess[] = [
  { route: '/account/data', method: 'GET', ...own },
  { route: '/account/data', method: 'POST', action: 'withdraw', ...own },
  { route: '/account/data/export', method: 'GET', ...own },
  { route: '/account/data/erase', method: 'GET', ...own },
  { route: '/account/data/erase', method: 'POST', action: 'default', ...own },
  { route: persons, method: 'GET', subject: 'territory', ...team },
  { route: persons, method: 'POST', action: 'default', subject: 'territory', ...team },
  { route: `${persons}/[person]`, method: 'GET', subject: 'person', ...team },
  { route: `${persons}/[person]`, method: 'POST', action: 'default', subject: 'person', ...team },
  { route: `${persons}/[person]/export`, method: 'GET', subject: 'person', ...team },
  { route: `${persons}/[person]/export/paper/[paper]`, method: 'GET', subject: 'person', ...team },
  { route: moderation, method: 'GET', subject: 'territory', ...team },
  { route: `${moderation}/[case]`, method: 'GET', subject: 'organization', ...team },
  { route: `${moderation}/[case]`, method: 'POST', action: 'default', subject: 'organization', ...team },
  { route: `${moderation}/figures`, method: 'GET', subject: 'territory', ...all },
  { route: decision, method: 'GET', subject: 'flag', ...team, own: SIGNED_IN },
  {
    route: decision,
    method: 'POST',
    action: 'default',
    subject: 'flag',
    ...team,
    own: SIGNED_IN,
    sameTerritory: NOBODY
  },
  // The address names what is flagged: `?subject=organization-…`.
  { route: '/[territory]/flags/new', method: 'GET', subject: 'organization', ...all },
  { route: '/[territory]/flags/new', method: 'POST', action: 'default', subject: 'organization', ...all },
  { route: `${assisted}/new`, method: 'GET', subject: 'territory', ...team },
  { route: `${assisted}/new`, method: 'POST', action: 'default', subject: 'territory', ...team },
  { route: '/receipts', method: 'GET', ...withCode },
  { route: '/receipts', method: 'POST', action: 'default', ...withCode },
  { route: '/receipts/mine', method: 'GET', ...withCode },
  ...['correct', 'withdraw', 'change', 'withdrawRequest', 'erase', 'close'].map((action): RouteAccess => ({
    route: '/receipts/mine',
    method: 'POST',
    action,
    ...withCode
  }))
];
