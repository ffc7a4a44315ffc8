import { follow, type PageLine } from '../page-line.ts';

const directory = '/valbrune/organizations';

/** What somebody sees who may change a sheet. */
export function ownerPages(): PageLine[] {
  const parts = [
    '',
    '/edit',
    '/picture',
    '/history',
    '/places/new',
    '/services/new',
    '/posts/new?kind=offer',
    '/decision'
  ];
  return [
    { path: `${directory}/new`, name: 'sheet-new', as: 'resident' },
    { path: '/valbrune/skills/new', name: 'skill-new', as: 'resident' },
    ...parts.map((part): PageLine => ({
      path: `${directory}?q=panier+du+pont`,
      reach: follow('h3 a', part),
      name: `sheet-facilitator${part.replaceAll(/\W+/g, '-')}`,
      as: 'facilitator',
      heavy: true
    })),
    { path: '/valbrune/corrections', name: 'corrections', as: 'facilitator', heavy: true }
  ];
}
