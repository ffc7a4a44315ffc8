import { follow, type PageLine } from '../page-line.ts';

/** What is kept of a support: what it teaches, and what the structure says of it. */
export function supportMemoryPages(): PageLine[] {
  const dossiers = '/valbrune/dossiers';
  const cases = '/valbrune/cases';
  return [
    { path: cases, name: 'cases', as: 'facilitator', heavy: true },
    { path: cases, reach: follow('main h2 a'), name: 'case-shared', as: 'facilitator', heavy: true },
    { path: dossiers, reach: follow('main h2 a', '/year-report'), name: 'year-report', as: 'facilitator', heavy: true },
    { path: dossiers, reach: follow('main h2 a', '/case'), name: 'case-new', as: 'facilitator', heavy: true },
    {
      path: `${dossiers}?show=ended`,
      reach: follow('main h2 a', '/case'),
      name: 'case-published',
      as: 'facilitator',
      heavy: true
    },
    {
      path: `${dossiers}?show=ended`,
      reach: follow('main h2 a', '/feedback'),
      name: 'feedback',
      as: 'facilitator',
      heavy: true
    }
  ];
}
