import type { Page } from 'playwright-core';
import type { PageLine } from '../page-line.ts';

/** The funding of two dossiers, as their facilitator sees it: an association’s year, and a project that misses 320 €. */
export function supportFundingPages(): PageLine[] {
  const seen = { as: 'facilitator', heavy: true } as const;
  return [
    { path: ASSOCIATION, reach: toDossier('/budget'), name: 'dossier-budget', ...seen },
    { path: ASSOCIATION, reach: toDossier('/deadlines'), name: 'dossier-deadlines', ...seen },
    { path: ASSOCIATION, reach: toDossier('/funding?theme=all'), name: 'dossier-possible-funding', ...seen },
    ...['', '/plan', '/grant', '/report'].map((part): PageLine => ({
      path: ASSOCIATION,
      reach: toBudget(part),
      name: `budget-of-a-year${part.replaceAll('/', '-')}`,
      ...seen
    })),
    ...['', '/plan', '/lines/new'].map((part): PageLine => ({
      path: PROJECT,
      reach: toBudget(part),
      name: `budget-of-a-project${part.replaceAll('/', '-')}`,
      ...seen
    }))
  ];
}

const ASSOCIATION = '/valbrune/dossiers?q=toile';
const PROJECT = '/valbrune/dossiers?q=Atelier';

function toDossier(part: string): (page: Page) => Promise<void> {
  return async (page) => {
    const href = await page.locator('h2 + ul a').first().getAttribute('href');
    await page.goto(new URL(`${href}${part}`, page.url()).href);
  };
}

function toBudget(part: string): (page: Page) => Promise<void> {
  return async (page) => {
    await toDossier('/budget')(page);
    const href = await page.locator('main h2 a').first().getAttribute('href');
    await page.goto(new URL(`${href}${part}`, page.url()).href);
  };
}
