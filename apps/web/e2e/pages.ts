import type { Page } from 'playwright-core';

/** One page of the site, and what it must hold. Add a line per page. */
export interface PageLine {
  /** Address, from the root. */
  path: string;
  /** The page is behind the first link that this selector finds at `path` (its address holds an id), plus `suffix`. */
  follow?: string;
  suffix?: string;
  /** Name of its pictures, in kebab-case. */
  name: string;
  /** Who looks at it: nobody in particular, or somebody signed in with that role. */
  as?: 'visitor' | Role;
  /** A list page also keeps its scripts under the list limit. */
  kind?: 'page' | 'list';
  /** The answer expected, 200 unless said otherwise. */
  status?: number;
  /** No weight limit: pages for staff, and the kit. */
  heavy?: boolean;
  /** What people do there; axe looks again after each. Names go into the report. */
  interactions?: Record<string, (page: Page) => Promise<void>>;
}

export type Role = 'resident' | 'member' | 'facilitator' | 'coordinator' | 'administrator';

export const pages: PageLine[] = [
  { path: '/', name: 'home' },
  { path: '/?q=zzz', name: 'home-no-match' },
  { path: '/valbrune', name: 'territory' },
  { path: '/valbrune/contact?door=idea', name: 'contact-idea' },
  { path: '/valbrune/contact?door=need', name: 'contact-need' },
  {
    path: '/valbrune/organizations',
    name: 'directory',
    kind: 'list',
    interactions: {
      'the filters unfold': async (page) => page.getByText('Préciser la recherche').click(),
      'the map opens': async (page) => {
        await page.getByRole('button', { name: 'Ouvrir la carte' }).click();
        await page.locator('.map-point').first().waitFor();
      }
    }
  },
  { path: '/valbrune/organizations?q=panier&kind=service', name: 'directory-search', kind: 'list' },
  { path: '/valbrune/organizations?q=zzzzzzzz', name: 'directory-nothing', kind: 'list' },
  { path: '/valbrune/organizations/print', name: 'directory-print' },
  { path: '/valbrune/organizations?q=panier', follow: 'h3 a', name: 'sheet' },
  { path: '/valbrune/organizations?q=panier', follow: 'h3 a', suffix: '?version=clear', name: 'sheet-clear' },
  {
    path: '/valbrune/organizations?q=panier',
    follow: 'h3 a',
    suffix: '/correction',
    name: 'correction',
    interactions: {
      'it comes back with what is missing': async (page) => {
        await page.getByRole('button', { name: 'Envoyer' }).click();
        await page.getByRole('alert').waitFor();
      }
    }
  },
  { path: '/valbrune/needs', name: 'needs', kind: 'list' },
  { path: '/valbrune/offers?show=settled', name: 'offers', kind: 'list' },
  { path: '/valbrune/needs', follow: '.posts a', name: 'need' },
  { path: '/valbrune/skills', name: 'skills', kind: 'list' },
  { path: '/valbrune/map-embed', name: 'map-embed' },
  { path: `/confirm/${'x'.repeat(43)}`, name: 'confirm-gone' },
  { path: '/valbrune/organizations/new', name: 'sheet-new', as: 'resident' },
  { path: '/valbrune/skills/new', name: 'skill-new', as: 'resident' },
  { path: '/valbrune/corrections', name: 'corrections', as: 'facilitator' },
  ...['', '/edit', '/history', '/places/new', '/services/new', '/posts/new?kind=offer', '/decision'].map(
    (suffix): PageLine => ({
      path: '/valbrune/organizations?q=panier',
      follow: 'h3 a',
      suffix,
      name: `sheet-facilitator${suffix.replaceAll(/\W+/g, '-')}`,
      as: 'facilitator',
      heavy: true
    })
  ),
  { path: '/valbrune/exports', name: 'exports' },
  { path: '/valbrune/coordination/imports', name: 'imports', as: 'coordinator' },
  { path: '/valbrune/coordination/duplicates', name: 'alike', as: 'coordinator' },
  { path: '/preferences', name: 'preferences' },
  { path: '/accessibility', name: 'accessibility' },
  { path: '/legal', name: 'legal' },
  { path: '/privacy', name: 'privacy' },
  { path: '/no/such/page', name: 'not-found', status: 404 },
  { path: '/nowhere-at-all', name: 'no-such-territory', status: 404 },
  {
    path: '/kit',
    name: 'kit',
    heavy: true,
    interactions: {
      'a dialog opens': async (page) => {
        await page.getByRole('button', { name: /Effacer la fiche «/ }).click();
        await page.getByRole('dialog').waitFor();
      },
      'the dialog closes and a disclosure opens': async (page) => {
        await page.keyboard.press('Escape');
        await page.getByText('Pourquoi cette question').click();
      },
      'a form comes back with errors': async (page) => {
        await page.getByRole('button', { name: 'Continuer' }).click();
        await page.getByRole('alert').waitFor();
      },
      'the map opens': async (page) => {
        await page.getByRole('button', { name: 'Ouvrir la carte' }).click();
        await page.getByRole('button', { name: '1. Régie de quartier des Tanneurs' }).waitFor();
      }
    }
  }
];
