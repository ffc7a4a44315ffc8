import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { newVisitor, open, scaleText, startBrowser, type Opened, type View } from './browser.ts';
import {
  accessibilityProblems,
  LIST_SCRIPT_LIMIT_BYTES,
  markupProblems,
  PAGE_LIMIT_BYTES,
  sidewaysScroll,
  smallTargets
} from './checks.ts';
import { pages, type PageLine } from './pages.ts';
import { signIn } from './sign-in.ts';

/* Every page × every check. A page is added in pages.ts, a check in checks.ts. */

const pictures = join(import.meta.dirname, '../screenshots');
const origin = inject('siteOrigin');
const weights: { page: string; totalKilobytes: number; scriptKilobytes: number }[] = [];
let browser: Browser;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  browser = await startBrowser();
});

afterAll(async () => {
  await browser?.close();
  if (weights.length > 0) console.table(weights);
});

const views: Record<string, View> = {
  'phone, light': { width: 'phone', javaScript: true, colours: 'light' },
  'phone, dark': { width: 'phone', javaScript: true, colours: 'dark' },
  'phone, no JavaScript': { width: 'phone', javaScript: false, colours: 'light' },
  'phone, text at 200 %': { width: 'phone', javaScript: true, colours: 'light', textScale: 2 },
  'desktop, light': { width: 'desktop', javaScript: true, colours: 'light' },
  'desktop, dark': { width: 'desktop', javaScript: true, colours: 'dark' },
  'desktop, in English': { width: 'desktop', javaScript: true, colours: 'light', language: 'en' }
};

describe.each(pages)('$name ($path)', (line) => {
  test.each(Object.entries(views))('%s: reads well, nothing sticks out', async (name, view) => {
    await visit(line, view, async (page, { status, complaints }) => {
      await scaleText(page, view.textScale ?? 1);
      expect(status).toBe(line.status ?? 200);
      await page.screenshot({
        path: join(pictures, `${line.name}-${name.replaceAll(/[^\w]+/g, '-')}.png`),
        fullPage: true
      });
      expect(await sidewaysScroll(page)).toEqual([]);
      expect(await smallTargets(page)).toEqual([]);
      if (view.javaScript) expect(await accessibilityProblems(page)).toEqual([]);
      expect(complaints.filter((text) => !isExpectedStatus(text, line))).toEqual([]);
    });
  });

  test('is valid HTML as served, and light', async () => {
    await visit(line, views['phone, light']!, async (page, { html, weight }) => {
      await page.waitForLoadState('networkidle');
      expect(await markupProblems(html)).toEqual([]);
      weights.push({
        page: line.path,
        totalKilobytes: Math.round(weight.totalBytes / 100) / 10,
        scriptKilobytes: Math.round(weight.scriptBytes / 100) / 10
      });
      if (!line.heavy) expect(weight.totalBytes).toBeLessThan(PAGE_LIMIT_BYTES);
      if (line.kind === 'list') expect(weight.scriptBytes).toBeLessThan(LIST_SCRIPT_LIMIT_BYTES);
    });
  });

  test.runIf(line.interactions)('stays accessible while people use it', async () => {
    await visit(line, views['desktop, light']!, async (page) => {
      for (const [name, act] of Object.entries(line.interactions ?? {})) {
        await act(page);
        await page.screenshot({ path: join(pictures, `${line.name}-${name.replaceAll(' ', '-')}.png`) });
        expect(await accessibilityProblems(page), name).toEqual([]);
      }
    });
  });
});

/** A page that must answer 404 makes the browser complain of a 404. */
function isExpectedStatus(complaint: string, { status }: PageLine): boolean {
  return status !== undefined && complaint.includes(`status of ${status}`);
}

async function visit(line: PageLine, view: View, look: (page: Page, opened: Opened) => Promise<void>): Promise<void> {
  const visitor = await newVisitor(browser, view);
  try {
    if (line.as && line.as !== 'visitor') await signIn(visitor, origin, line.as);
    const page = await visitor.newPage();
    await look(page, await open(page, `${origin}${await addressOf(visitor, line)}`, view));
  } finally {
    await visitor.close();
  }
}

/** Where the line's page is: at its path, or behind a link there. */
async function addressOf(visitor: BrowserContext, line: PageLine): Promise<string> {
  if (!line.follow) return line.path;
  const page = await visitor.newPage();
  await page.goto(`${origin}${line.path}`);
  const href = await page.locator(line.follow).first().getAttribute('href');
  await page.close();
  return `${href}${line.suffix ?? ''}`;
}
