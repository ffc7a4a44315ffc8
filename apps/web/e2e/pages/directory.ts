import { follow, type PageLine } from '../page-line.ts';

const directory = '/valbrune/organizations';

export function directoryPages(): PageLine[] {
  return [
    {
      path: directory,
      name: 'directory',
      kind: 'list',
      isMain: true,
      interactions: {
        'the filters unfold': (page) => page.getByText('Préciser la recherche').click(),
        'the next page begins where this one ends': async (page) => {
          const entries = page.locator('ol.list h3');
          const seen = await entries.allTextContents();
          await page.locator('nav.pagination a[rel=next]').click();
          await page.waitForURL(/after=/);
          const next = await entries.allTextContents();
          if (next.length === 0 || next.some((name) => seen.includes(name))) throw new Error(`seen twice: ${next[0]}`);
        }
      }
    },
    {
      path: `${directory}/map?q=panier`,
      name: 'directory-map',
      heavy: true,
      interactions: {
        'the map is there': (page) => page.locator('.map-point').first().waitFor(),
        'a point is chosen': (page) => page.locator('.map-point').first().click()
      }
    },
    { path: `${directory}?q=panier&kind=service`, name: 'directory-search', kind: 'list' },
    { path: `${directory}?q=zzzzzzzz`, name: 'directory-nothing', kind: 'list' },
    { path: `${directory}/print`, name: 'directory-print', heavy: true },
    { path: `${directory}?q=panier+du+pont`, reach: follow('h3 a'), name: 'sheet', isMain: true },
    { path: `${directory}?q=panier+du+pont`, reach: follow('h3 a', '?version=clear'), name: 'sheet-clear' },
    {
      path: `${directory}?q=panier+du+pont`,
      reach: follow('h3 a', '/correction'),
      name: 'correction',
      interactions: {
        'it comes back with what is missing': async (page) => {
          await page.getByRole('button', { name: 'Envoyer' }).click();
          await page.getByRole('alert').waitFor();
        }
      }
    },
    { path: '/valbrune/needs', name: 'needs', kind: 'list', isMain: true },
    { path: '/valbrune/needs', reach: follow('.posts a'), name: 'need' },
    { path: '/valbrune/offers?show=settled', name: 'offers', kind: 'list', isMain: true },
    { path: '/valbrune/skills', name: 'skills', kind: 'list', isMain: true },
    { path: '/valbrune/portrait', name: 'portrait', isMain: true },
    { path: '/valbrune/map-embed', name: 'map-embed' },
    { path: '/valbrune/exports', name: 'exports' },
    { path: `/confirm/${'x'.repeat(43)}`, name: 'confirm-gone' }
  ];
}
