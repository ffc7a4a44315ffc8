import { readDocxPart, readPdf } from '@terreau/formats/document-testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { View } from './browser.ts';
import type { Role } from './sign-in.ts';
import { startVisits, type Visits } from './visits.ts';

/* Every paper that a link of these pages offers, as it leaves the site: for whoever listens to it, or edits it. */

const origin = inject('siteOrigin');
const view: View = { width: 'desktop', javaScript: false, colours: 'light' };
let visits: Visits;

beforeAll(async () => {
  visits = await startVisits(origin);
});

afterAll(() => visits?.close());

const offered: { name: string; as: Role; from: string; through?: string[] }[] = [
  { name: 'the steps of a project', as: 'facilitator', from: '/valbrune/dossiers', through: ['h2 a', '/journey'] },
  {
    name: 'the plan of a project',
    as: 'facilitator',
    from: '/valbrune/dossiers',
    through: ['h2 a:has-text("Atelier de réparation")', '/plan']
  },
  { name: 'the year of a structure', as: 'facilitator', from: '/valbrune/dossiers', through: ['h2 a', '/year-report'] },
  {
    name: 'a conversation',
    as: 'facilitator',
    from: '/valbrune/dossiers',
    through: ['h2 a', '/talk', 'main h3 a, main h2 a']
  },
  {
    name: 'the grant form',
    as: 'account:presidente-etoile',
    from: '/valbrune/dossiers',
    through: ['h2 a', '/budget', 'main h2 a', '/grant']
  },
  {
    name: 'the financial report',
    as: 'account:presidente-etoile',
    from: '/valbrune/dossiers',
    through: ['h2 a', '/budget', 'main h2 a', '/report']
  },
  { name: 'a facilitator’s month', as: 'facilitator', from: '/valbrune/week/report' },
  {
    name: 'the minutes of a committee',
    as: 'coordinator',
    from: '/valbrune/committees',
    through: ['main li:last-child h2 a']
  },
  {
    name: 'a report to a funder',
    as: 'coordinator',
    from: '/valbrune/coordination/reports',
    through: ['main a[href*="/valbrune/reports/"]']
  }
];

test.each(offered)('$name: tagged, titled, in its language, in order; and the same words to edit', async (line) => {
  const visitor = await visits.visitor(line.as, view);
  try {
    const page = await visitor.newPage();
    await page.goto(`${origin}${line.from}`);
    for (const step of line.through ?? []) await go(page, step);
    const papers = await addressesOf(page, '/paper/pdf');
    expect(papers.length).toBeGreaterThan(0);
    for (const address of papers) {
      const pdf = await readPdf(await fetched(page, address));
      expect(pdf, address).toMatchObject({ language: 'fr', isTagged: true, accessibility: '1' });
      expect(pdf.title).not.toBe('');
      expect(pdf.pages[0]!.roles).toContain('H1');
      // Lines are broken where the page ends, and no-break spaces are read as spaces.
      expect(pdf.pages[0]!.words).toMatch(new RegExp(`^${wordsAnyhowSpaced(pdf.title)}`));
      const docx = await fetched(page, address.replace(/pdf(?=$|\?)/, 'docx'));
      expect(readDocxPart(docx, 'word/document.xml')).toContain('w:val="Heading1"');
    }
  } finally {
    await visitor.close();
  }
});

function wordsAnyhowSpaced(text: string): string {
  return text
    .split(/\s+/)
    .map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('\\s*');
}

/** Follows the first link that a selector finds, or goes to a page below this one. */
async function go(page: Page, step: string): Promise<void> {
  if (step.startsWith('/')) await page.goto(`${page.url().replace(/[?#].*$/, '')}${step}`);
  else {
    const href = await page.locator(step).first().getAttribute('href');
    await page.goto(new URL(href!, page.url()).href);
  }
}

async function addressesOf(page: Page, part: string): Promise<string[]> {
  const hrefs = await page
    .locator(`a[href*="${part}"]`)
    .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
  return [...new Set(hrefs)];
}

async function fetched(page: Page, address: string): Promise<Uint8Array> {
  const answer = await page.request.get(address);
  expect(answer.status(), address).toBe(200);
  return new Uint8Array(await answer.body());
}
