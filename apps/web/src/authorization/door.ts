import { COORDINATION, EVERYONE, NOBODY, STAFF, type RouteAccess } from './route-access.ts';

/** Anybody asks, without an account; what was typed is opened by its code alone. */
const all = { subject: 'territory', own: EVERYONE, sameTerritory: EVERYONE, otherTerritory: EVERYONE } as const;
/** The territory's team types for people who come to them; members of structures too, once the territory says so. */
const team = { subject: 'territory', own: STAFF, sameTerritory: STAFF, otherTerritory: NOBODY, signIn: true } as const;
/** What the code of a draft or a receipt opens: the code is the right. */
const byCode = { subject: 'token', sameTerritory: EVERYONE, otherTerritory: EVERYONE } as const;
/** What was said, for the team that answers. */
const request = { subject: 'request', own: STAFF, sameTerritory: STAFF, otherTerritory: NOBODY, signIn: true } as const;
/** The questions of the intake are written by the coordination. */
const desk = {
  subject: 'territory',
  own: COORDINATION,
  sameTerritory: COORDINATION,
  otherTerritory: NOBODY,
  signIn: true
} as const;
const intake = '/[territory]/coordination/intake';
const voice = '/[territory]/requests/[request]/voice';
const questions = '/[territory]/requests/[request]/questions';
const door = '/[territory]/door/[kind]';

export const doorAccess: readonly RouteAccess[] = [
  { route: door, method: 'GET', ...all },
  ...['send', 'keep', 'erase'].map((action): RouteAccess => ({ route: door, method: 'POST', action, ...all })),
  { route: `${door}/draft`, method: 'PUT', ...all },
  ...(['GET', 'PUT', 'DELETE'] as const).map((method): RouteAccess => ({ route: `${door}/voice`, method, ...byCode })),
  { route: '/receipts/mine/voice/[request]', method: 'GET', ...byCode },
  { route: '/receipts/mine/questions/[request]', method: 'GET', ...byCode },
  ...['answer', 'themes'].map((action): RouteAccess => ({
    route: '/receipts/mine/questions/[request]',
    method: 'POST',
    action,
    ...byCode
  })),
  { route: voice, method: 'GET', ...request },
  { route: voice, method: 'POST', action: 'write', ...request },
  { route: voice, method: 'POST', action: 'call', ...request },
  { route: questions, method: 'GET', ...request },
  { route: questions, method: 'POST', action: 'default', ...request },
  { route: `${voice}/file`, method: 'GET', ...request, signIn: false },
  { route: `${door}/sent`, method: 'GET', ...all },
  { route: intake, method: 'GET', ...desk },
  ...['move', 'remove', 'publish', 'drop'].map((action): RouteAccess => ({
    route: intake,
    method: 'POST',
    action,
    ...desk
  })),
  { route: `${intake}/questions/[question]`, method: 'GET', ...desk },
  { route: `${intake}/questions/[question]`, method: 'POST', action: 'default', ...desk },
  { route: `${intake}/preview`, method: 'GET', ...desk },
  { route: `${intake}/trial`, method: 'GET', ...desk },
  { route: `${intake}/trial`, method: 'POST', action: 'default', ...desk },
  { route: `${intake}/versions/[version]`, method: 'GET', ...desk },
  { route: `${door}/assisted`, method: 'GET', ...team },
  { route: `${door}/assisted`, method: 'POST', action: 'default', ...team }
];
