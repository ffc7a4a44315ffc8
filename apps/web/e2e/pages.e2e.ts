import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { scaleText, turn, type View } from './browser.ts';
import {
  accessibilityProblems,
  LIST_SCRIPT_LIMIT_BYTES,
  markupProblems,
  PAGE_LIMIT_BYTES,
  sidewaysScroll,
  smallTargets
} from './checks.ts';
import type { PageLine } from './page-line.ts';
import { pages } from './pages.ts';
import { startVisits, type Visits } from './visits.ts';

/* Every page × every check. A page is added in pages/, a check in checks.ts. */

const results = join(import.meta.dirname, '../../../test-results');
const pictures = join(results, 'pages');
const weights: { page: string; path: string; isMain: boolean; totalBytes: number; scriptBytes: number }[] = [];
let visits: Visits;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  visits = await startVisits(inject('siteOrigin'));
});

afterAll(async () => {
  await visits?.close();
  tellWeights();
});

const phone: View = { width: 'phone', javaScript: true, colours: 'light' };
const desktop: View = { width: 'desktop', javaScript: true, colours: 'light' };

describe.concurrent.each(pages)('$name ($path)', (line) => {
  test('reads well on a phone and on a desk, in light and in dark; light, valid, nothing sticks out', async () => {
    await visits.look(line, phone, async (page, { status, html, complaints, weight }) => {
      expect(status).toBe(line.status ?? 200);
      expect(await markupProblems(html)).toEqual([]);
      await page.evaluate(() => document.fonts.ready.then(() => true));
      weigh(line, weight);
      await looksRight(page, line, 'phone');
      await scaleText(page, 200);
      expect(await sidewaysScroll(page), 'text at 200 %').toEqual([]);
      await scaleText(page, 100);
      await turn(page, 'desktop', 'light');
      await looksRight(page, line, 'desktop');
      expect(complaints.filter((text) => !isExpectedStatus(text, line))).toEqual([]);
    });
  });

  test('works without JavaScript', async () => {
    await visits.look(line, { ...phone, javaScript: false }, async (page, { status }) => {
      expect(status).toBe(line.status ?? 200);
      expect(await sidewaysScroll(page)).toEqual([]);
      expect(await smallTargets(page)).toEqual([]);
      expect(await page.locator('h1:visible').count()).toBe(1);
    });
  });

  test('reads in English', async () => {
    await visits.look(line, { ...phone, language: 'en', javaScript: false }, async (page, { html }) => {
      expect(await page.locator('html').getAttribute('lang')).toBe('en');
      expect(await markupProblems(html)).toEqual([]);
      expect(await sidewaysScroll(page)).toEqual([]);
    });
  });

  const { interactions } = line;
  if (!interactions) return;
  test('stays accessible while people use it', async () => {
    await visits.look(line, desktop, async (page) => {
      for (const [name, act] of Object.entries(interactions)) {
        await act(page);
        await page.screenshot({ path: join(pictures, `${line.name}-${name.replaceAll(' ', '-')}.png`) });
        expect(await accessibilityProblems(page), name).toEqual([]);
      }
    });
  });
});

/** All of axe in light; in dark only the colours differ. */
async function looksRight(page: Page, line: PageLine, width: View['width']): Promise<void> {
  const picture = (colours: string) => join(pictures, `${line.name}-${width}-${colours}.png`);
  expect(await sidewaysScroll(page), width).toEqual([]);
  expect(await smallTargets(page), width).toEqual([]);
  await page.screenshot({ path: picture('light'), fullPage: true });
  expect(await accessibilityProblems(page), `${width}, light`).toEqual([]);
  await turn(page, width, 'dark');
  if (line.isMain) await page.screenshot({ path: picture('dark'), fullPage: true });
  expect(await accessibilityProblems(page, ['color-contrast']), `${width}, dark`).toEqual([]);
  await turn(page, width, 'light');
}

function weigh(line: PageLine, { totalBytes, scriptBytes }: { totalBytes: number; scriptBytes: number }): void {
  weights.push({ page: line.name, path: line.path, isMain: line.isMain === true, totalBytes, scriptBytes });
  if (!line.heavy) expect(totalBytes).toBeLessThan(PAGE_LIMIT_BYTES);
  if (line.kind === 'list') expect(scriptBytes).toBeLessThan(LIST_SCRIPT_LIMIT_BYTES);
}

/** Keeps the weights of all pages for the record, and prints those of the main ones. */
function tellWeights(): void {
  if (weights.length === 0) return;
  writeFileSync(join(results, 'weights.json'), `${JSON.stringify(weights, null, 2)}\n`);
  const kilobytes = (bytes: number) => Math.round(bytes / 100) / 10;
  console.table(
    weights
      .filter(({ isMain }) => isMain)
      .map(({ page, totalBytes, scriptBytes }) => ({
        page,
        'total kB': kilobytes(totalBytes),
        'scripts kB': kilobytes(scriptBytes)
      }))
  );
}

/** A page that must answer 404 makes the browser complain of a 404. */
function isExpectedStatus(complaint: string, { status }: PageLine): boolean {
  return status !== undefined && complaint.includes(`status of ${status}`);
}
