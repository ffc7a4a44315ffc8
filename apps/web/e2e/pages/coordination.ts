import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { PageLine } from '../page-line.ts';

const coordination = '/valbrune/coordination';

/** The pages of the coordination; a page for staff may weigh more. */
export function coordinationPages(): PageLine[] {
  const lines: PageLine[] = [
    { path: `${coordination}/imports`, name: 'imports' },
    { path: `${coordination}/imports`, reach: prepareImport, name: 'import-check' },
    { path: `${coordination}/imports`, reach: reportImport, name: 'import-report' },
    { path: `${coordination}/duplicates`, name: 'alike' },
    { path: `${coordination}/duplicates`, reach: openPair, name: 'pair' },
    { path: `${coordination}/people`, name: 'people' },
    { path: `${coordination}/intake`, name: 'intake' },
    { path: `${coordination}/intake/questions/looking-for`, name: 'intake-question' },
    { path: `${coordination}/intake/preview?door=need&looking-for=room`, name: 'intake-preview' },
    {
      path: `${coordination}/intake/questions/looking-for`,
      reach: openTrial,
      name: 'intake-trial',
      interactions: {
        'it is tried on past requests': (page) => page.locator('main form button').last().click()
      }
    },
    { path: '/valbrune/exports', name: 'exports-staff' }
  ];
  return lines.map((line): PageLine => ({ ...line, as: 'coordinator', heavy: true }));
}

/** Changes a word of a question, which opens a draft, then the page on which the draft is tried. */
async function openTrial(page: Page): Promise<void> {
  await page.locator('main form button').first().click();
  await page.waitForURL(/intake(\?|$)/);
  await page.goto(new URL(`${coordination}/intake/trial`, page.url()).href);
}

async function prepareImport(page: Page): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(join(import.meta.dirname, '..', 'some-rows.csv'));
  await page.locator('form:has(input[type=file]) button').click();
  await page.waitForURL(/imports\/[\w-]+$/);
}

async function reportImport(page: Page): Promise<void> {
  await prepareImport(page);
  await page.locator('form[action*="confirm"] button, button[formaction*="confirm"]').first().click();
  await page.getByText('Bilan de l’import').waitFor();
}

async function openPair(page: Page): Promise<void> {
  await page.locator('form[action="?/search"] button').click();
  await page.locator('main a[href*="/duplicates/"]').first().click();
  await page.waitForURL(/duplicates\/[\w-]+$/);
}
