import { NOBODY, STAFF, type RouteAccess } from './route-access.ts';

/** The log of somebody of the team: theirs, whatever the form names. */
const ofTheTeam = { subject: 'territory', sameTerritory: STAFF, otherTerritory: NOBODY, signIn: true } as const;
/** A line is corrected by whoever wrote it, as long as they work for the territory. */
const ofItsAuthor = {
  subject: 'coordination-work',
  own: STAFF,
  sameTerritory: NOBODY,
  otherTerritory: NOBODY,
  signIn: true
} as const;
const log = '/[territory]/week/coordination-work';
const line = `${log}/[work]`;

export const supportWorkAccess: readonly RouteAccess[] = [
  { route: log, method: 'GET', ...ofTheTeam },
  { route: log, method: 'POST', action: 'default', ...ofTheTeam },
  { route: line, method: 'GET', ...ofItsAuthor },
  ...['correct', 'remove'].map((action): RouteAccess => ({ route: line, method: 'POST', action, ...ofItsAuthor }))
];
