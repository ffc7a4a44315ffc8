import { EVERYONE, NOBODY, SIGNED_IN, STAFF, type RouteAccess } from './route-access.ts';

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
/** A dossier is its circle's; a note is corrected by whoever wrote it. */
const ofTheCircle = {
  subject: 'dossier',
  own: SIGNED_IN,
  sameTerritory: NOBODY,
  otherTerritory: NOBODY,
  signIn: true
} as const;
const dossiers = '/[territory]/dossiers';
const notes = `${dossiers}/[dossier]/notes`;
const log = '/[territory]/week/coordination-work';
const line = `${log}/[work]`;

export const supportNotesAccess: readonly RouteAccess[] = [
  { route: log, method: 'GET', ...ofTheTeam },
  { route: log, method: 'POST', action: 'default', ...ofTheTeam },
  { route: line, method: 'GET', ...ofItsAuthor },
  ...['correct', 'remove'].map((action): RouteAccess => ({ route: line, method: 'POST', action, ...ofItsAuthor })),
  { route: `${notes}/[note]`, method: 'GET', ...ofTheCircle },
  { route: `${notes}/[note]`, method: 'POST', action: 'default', ...ofTheCircle },
  // Notes that waited on a telephone.
  { route: `${notes}/arrivals`, method: 'POST', ...ofTheCircle },
  {
    route: `${dossiers}/names`,
    method: 'GET',
    subject: 'territory',
    sameTerritory: SIGNED_IN,
    otherTerritory: SIGNED_IN,
    signIn: true
  },
  // Holds nothing of anybody: what it shows is on the telephone.
  {
    route: `${dossiers}/waiting-notes`,
    method: 'GET',
    subject: 'territory',
    sameTerritory: EVERYONE,
    otherTerritory: EVERYONE
  }
];
