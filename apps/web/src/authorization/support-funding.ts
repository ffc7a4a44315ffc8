import { NOBODY, SIGNED_IN, type RouteAccess } from './route-access.ts';

/** The funding of a dossier is its circle's; whoever grants money never opens it, even in the circle. */
const circle = {
  subject: 'dossier',
  own: SIGNED_IN.filter((who) => who !== 'funder'),
  sameTerritory: NOBODY,
  otherTerritory: NOBODY,
  signIn: true
} as const;
const dossier = '/[territory]/dossiers/[dossier]';
const budget = `${dossier}/budget/[budget]`;

const reads = [
  `${dossier}/budget`,
  budget,
  `${budget}/plan`,
  `${budget}/lines/[line]`,
  `${budget}/files/[format]`,
  `${budget}/report`,
  `${budget}/report/paper/[paper]`,
  `${budget}/grant`,
  `${budget}/grant/paper/[paper]`
];
const gestures: readonly (readonly [string, readonly string[]])[] = [
  [`${dossier}/budget`, ['create', 'read']],
  [budget, ['place', 'keep', 'rename', 'finalise', 'copy', 'erase']],
  [`${budget}/lines/[line]`, ['save', 'remove']],
  [`${budget}/plan`, ['default']],
  [`${budget}/report`, ['actuals', 'unforeseen', 'texts', 'close']],
  [`${budget}/grant`, ['default']],
  [`${dossier}/deadlines`, ['add', 'settle', 'undo']],
  [`${dossier}/funding`, ['default']]
];

export const supportFundingAccess: readonly RouteAccess[] = [
  ...[...reads, `${dossier}/deadlines`, `${dossier}/funding`].map((route): RouteAccess => ({
    route,
    method: 'GET',
    ...circle
  })),
  ...gestures.flatMap(([route, actions]) =>
    actions.map((action): RouteAccess => ({ route, method: 'POST', action, ...circle }))
  )
];
