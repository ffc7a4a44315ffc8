import type { Page } from 'playwright-core';
import { follow, type PageLine } from '../page-line.ts';

/** One tap leads to the page that thanks; the second, which the visit does not make, stops. */
async function stop(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Arrêter le projet' }).click();
  await page.getByRole('button', { name: 'Oui, nous arrêtons' }).waitFor();
}

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
      heavy: true,
      ...(part === '/journey' ? { interactions: { 'stops in two taps': stop } } : {})
    })),
    { path: '/valbrune/projects', name: 'projects', kind: 'list' },
    { path: '/valbrune/projects', reach: follow('h2 a'), name: 'project' }
  ];
}
