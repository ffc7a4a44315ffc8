import { follow, type PageLine } from '../page-line.ts';

/** Support committees, and a dossier before them. */
export function supportCommitteePages(): PageLine[] {
  const committees = '/valbrune/committees';
  const line = (
    name: string,
    as: 'facilitator' | 'coordinator',
    path: string,
    reach?: PageLine['reach']
  ): PageLine => ({
    path,
    name,
    as,
    heavy: true,
    ...(reach ? { reach } : {})
  });
  return [
    line('committees', 'coordinator', committees),
    line('committee-new', 'coordinator', `${committees}/new`),
    line('committee-coming', 'coordinator', committees, follow('main li h2 a')),
    line('committee-past', 'coordinator', committees, follow('main li:last-child h2 a')),
    line(
      'dossier-committee',
      'facilitator',
      '/valbrune/dossiers',
      follow('h2 a:has-text("Atelier de réparation")', '/plan/committee')
    )
  ];
}
