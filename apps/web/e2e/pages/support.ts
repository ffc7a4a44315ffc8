import { follow, type PageLine } from '../page-line.ts';

/** What somebody of the circle of a dossier sees. */
export function supportPages(): PageLine[] {
  const dossiers = '/valbrune/dossiers';
  const parts = ['', '/notes', '/notes/new', '/diagnosis', '/diagnosis/blank', '/circle', '/reads', '/end'];
  return [
    { path: dossiers, name: 'dossiers', as: 'facilitator', heavy: true },
    { path: `${dossiers}/new`, name: 'dossier-new', as: 'facilitator', heavy: true },
    ...parts.map((part): PageLine => ({
      path: dossiers,
      reach: follow('h2 a', part),
      name: `dossier${part.replaceAll(/\W+/g, '-')}`,
      as: 'facilitator',
      heavy: true
    }))
  ];
}
