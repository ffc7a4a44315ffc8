import type { Page } from 'playwright-core';
import { follow, type PageLine } from '../page-line.ts';

/** Conversations and documents of a dossier, as somebody who accompanies sees them. */
export function supportTalkPages(): PageLine[] {
  const dossiers = '/valbrune/dossiers';
  const line = (name: string, reach: (page: Page) => Promise<void>): PageLine => ({
    path: dossiers,
    reach,
    name,
    as: 'facilitator',
    heavy: true
  });
  return [
    ...['talk', 'talk/new', 'talk/documents', 'talk/advisers'].map((part) =>
      line(`dossier-${part.replaceAll('/', '-')}`, follow('h2 a', `/${part}`))
    ),
    line('dossier-talk-thread', async (page) => {
      await follow('h2 a', '/talk')(page);
      await follow('main h2 a')(page);
    }),
    line('dossier-talk-draft', async (page) => {
      await follow('h2 a', '/talk/new')(page);
      await page.getByLabel(/Sujet|Subject/).fill('Trouver un local plus grand');
      await page.locator('textarea').fill('Deux pistes avant la fin du mois.');
      await page.locator('button[value=draft]').click();
      await page.goto(`${page.url()}?q=atelier`);
    })
  ];
}
