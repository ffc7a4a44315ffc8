import type { PageLine } from '../page-line.ts';

/** What is told of the work: a facilitator's month, and what a funder asks. */
export function supportReportsPages(): PageLine[] {
  return [{ path: '/valbrune/week/report', name: 'month-report', as: 'facilitator', heavy: true }];
}
