import { follow, type PageLine } from '../page-line.ts';

export function cataloguePages(): PageLine[] {
  const supports = '/valbrune/supports';
  const kept = ['/new', '/new?kind=funding', '/kept', '/kept?pile=own', '/templates', '/imports'];
  return [
    {
      path: supports,
      name: 'supports',
      kind: 'list',
      isMain: true,
      interactions: { 'the filters unfold': (page) => page.getByText('Préciser la recherche').click() }
    },
    { path: `${supports}?q=local+pour+répéter&open=1`, name: 'supports-search', kind: 'list' },
    { path: `${supports}?q=zzzzzzzz`, name: 'supports-nothing', kind: 'list' },
    { path: `${supports}/print`, name: 'supports-print', heavy: true },
    {
      path: `${supports}?q=fonds+régional+des+associations&kind=funding`,
      reach: follow('h3 a'),
      name: 'support',
      isMain: true
    },
    { path: `${supports}?q=formation+des+bénévoles&kind=funding`, reach: follow('h3 a'), name: 'support-stale' },
    { path: `${supports}?kind=person`, reach: follow('h3 a'), name: 'support-person' },
    ...kept.map((part): PageLine => ({
      path: `${supports}${part}`,
      name: `supports-team${part.replaceAll(/\W+/g, '-')}`,
      as: 'facilitator',
      heavy: true
    })),
    ...['', '/edit', '/template'].map((part): PageLine => ({
      path: `${supports}?q=fonds+régional+des+associations&kind=funding`,
      reach: follow('h3 a', part),
      name: `support-team${part.replaceAll(/\W+/g, '-')}`,
      as: 'facilitator',
      heavy: true
    }))
  ];
}
