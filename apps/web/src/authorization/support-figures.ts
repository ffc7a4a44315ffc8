import { NOBODY, SIGNED_IN, type RouteAccess } from './route-access.ts';

/** Key figures are the structure's and its advisers'; whoever opens a dossier accompanies it. */
const circle = {
  subject: 'dossier',
  own: SIGNED_IN,
  sameTerritory: NOBODY,
  otherTerritory: NOBODY,
  signIn: true
} as const;
const figures = '/[territory]/dossiers/[dossier]/figures';

export const supportFiguresAccess: readonly RouteAccess[] = [
  { route: figures, method: 'GET', ...circle },
  { route: figures, method: 'POST', action: 'called', ...circle },
  { route: `${figures}/edit`, method: 'GET', ...circle },
  { route: `${figures}/edit`, method: 'POST', action: 'default', ...circle }
];
