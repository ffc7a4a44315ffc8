import { follow, type PageLine } from '../page-line.ts';

/** The journey of a project, its deliverables, who sees it, and what is shown of it. */
export function journeyPages(): PageLine[] {
  const dossiers = '/valbrune/dossiers';
  const parts = ['/journey', '/journey/0', '/journey/2', '/journey/4', '/visibility', '/visibility?to=public'];
  return [
    ...parts.map((part): PageLine => ({
      path: dossiers,
      reach: follow('h2 a', part),
      name: `dossier${part.replaceAll(/\W+/g, '-')}`,
      as: 'facilitator',
      heavy: true
    })),
    { path: '/valbrune/projects', name: 'projects', kind: 'list' },
    { path: '/valbrune/projects', reach: follow('h2 a'), name: 'project' }
  ];
}
