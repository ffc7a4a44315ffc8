import { follow, type PageLine } from '../page-line.ts';

/** What the structure and whoever accompanies it see of its accounts. */
export function supportFiguresPages(): PageLine[] {
  return ['/figures', '/figures/edit'].map((part) => ({
    path: '/valbrune/dossiers',
    reach: follow('h2 a', part),
    name: `dossier${part.replaceAll(/\W+/g, '-')}`,
    as: 'facilitator',
    heavy: true
  }));
}
