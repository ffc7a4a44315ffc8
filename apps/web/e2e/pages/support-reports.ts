import { follow, type PageLine } from '../page-line.ts';

/** What is told of the work: a facilitator's month, what a funder asks, and what it reads. */
export function supportReportsPages(): PageLine[] {
  const desk = '/valbrune/coordination/reports';
  return [
    { path: '/valbrune/week/report', name: 'month-report', as: 'facilitator', heavy: true },
    { path: `/valbrune/week/report?month=${lastMonth()}`, name: 'month-report-frozen', as: 'facilitator', heavy: true },
    { path: desk, name: 'reports', as: 'coordinator', heavy: true },
    { path: `${desk}/team`, name: 'reports-team', as: 'coordinator', heavy: true },
    {
      path: desk,
      reach: follow('a[href*="/templates/"]'),
      name: 'report-template',
      as: 'coordinator',
      heavy: true,
      interactions: { 'add a part': (page) => page.locator('main summary').first().click() }
    },
    { path: desk, reach: follow('a[href*="/valbrune/reports/"]'), name: 'report', as: 'coordinator', heavy: true },
    { path: '/reports/valbrune-bilan-de-demonstration1', name: 'report-shared' }
  ];
}

/** The month that the demonstration froze. */
function lastMonth(): string {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)).toISOString().slice(0, 7);
}
