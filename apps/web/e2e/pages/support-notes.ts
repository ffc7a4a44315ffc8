import { follow, type PageLine } from '../page-line.ts';

/** The log of coordination time. */
export function supportNotesPages(): PageLine[] {
  const log = '/valbrune/week/coordination-work';
  return [
    { path: log, name: 'coordination-work', as: 'facilitator', heavy: true },
    { path: `${log}?whose=team`, name: 'coordination-work-team', as: 'coordinator', heavy: true },
    { path: log, reach: follow('a.correct'), name: 'coordination-work-line', as: 'facilitator', heavy: true }
  ];
}
