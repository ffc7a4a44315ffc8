import type { PageLine } from '../page-line.ts';

/** Where a portfolio changes hands: one's own, or anybody's for the coordination; the sheet that is handed over to people. */
export function supportPortfolioPages(): PageLine[] {
  const path = '/valbrune/dossiers/hand-over';
  return [
    ...(['facilitator', 'coordinator'] as const).map((as): PageLine => ({
      path,
      name: `portfolio-${as}`,
      as,
      heavy: true
    })),
    { path: '/valbrune/information', name: 'information-sheet' }
  ];
}
