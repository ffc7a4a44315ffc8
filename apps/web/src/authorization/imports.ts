import { COORDINATION, EVERYONE, NOBODY, type RouteAccess } from './route-access.ts';

const IMPORTS = '/[territory]/coordination/imports';
const RUN = `${IMPORTS}/[run]`;
const ALIKE = '/[territory]/coordination/duplicates';
const PAIR = `${ALIKE}/[pair]`;

/** Files change many sheets at once, and so does a merge: both are the coordination's. Downloads show what pages show. */
export const importsAccess: readonly RouteAccess[] = [
  ...coordinated(IMPORTS, 'territory', ['default']),
  ...coordinated(`${IMPORTS}/template`, 'territory', []),
  ...coordinated(RUN, 'import-run', ['confirm', 'correct', 'save', 'cancel']),
  ...coordinated(`${RUN}/report`, 'import-run', []),
  ...coordinated(ALIKE, 'territory', ['search', 'undo']),
  ...coordinated(PAIR, 'duplicate-pair', ['merge', 'different']),
  {
    route: '/[territory]/exports',
    method: 'GET',
    subject: 'territory',
    sameTerritory: EVERYONE,
    otherTerritory: EVERYONE
  },
  {
    route: '/[territory]/exports/[format]',
    method: 'GET',
    subject: 'territory',
    sameTerritory: EVERYONE,
    otherTerritory: EVERYONE
  }
];

function coordinated(route: string, subject: RouteAccess['subject'], actions: readonly string[]): RouteAccess[] {
  const shared = { route, subject, sameTerritory: COORDINATION, otherTerritory: NOBODY, signIn: true } as const;
  return [
    { ...shared, method: 'GET' },
    ...actions.map((action): RouteAccess => ({ ...shared, method: 'POST', action }))
  ];
}
