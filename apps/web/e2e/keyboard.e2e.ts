import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { View } from './browser.ts';
import { demonstrationPassword } from './site.ts';
import type { Role } from './sign-in.ts';
import { startVisits, type Visits } from './visits.ts';

/* The main journeys with the keys alone: whatever can be pressed is reached, seen, and left again. */

const origin = inject('siteOrigin');
const desktop: View = { width: 'desktop', javaScript: true, colours: 'light' };
let visits: Visits;

beforeAll(async () => {
  visits = await startVisits(origin);
});

afterAll(() => visits?.close());

const walked: { path: string; as?: Role }[] = [
  { path: '/' },
  { path: '/valbrune' },
  { path: '/valbrune/organizations' },
  { path: '/valbrune/organizations/map?q=panier' },
  { path: '/sign-in' },
  { path: '/valbrune/corrections', as: 'coordinator' },
  { path: '/valbrune/coordination/imports', as: 'coordinator' }
];

test.each(walked)('on $path every control is reached by Tab, with a visible focus, and none holds it', async (line) => {
  await withPage(line.as, async (page) => {
    await page.goto(`${origin}${line.path}`);
    const { reached, invisible } = await walk(page);
    expect(invisible).toEqual([]);
    expect(await neverReached(page, reached)).toEqual([]);
  });
});

describe('with the keys alone', () => {
  test('a resident goes from the home page to a sheet', async () => {
    await withPage(undefined, async (page) => {
      await page.goto(`${origin}/valbrune/organizations`);
      await tabTo(page, 'input[type=search]');
      await page.keyboard.type('panier');
      await page.keyboard.press('Enter');
      await page.waitForURL(/q=panier/);
      await tabTo(page, 'h3 a');
      await page.keyboard.press('Enter');
      await page.waitForURL(/organizations\/[\w-]{36}$/);
      await tabTo(page, 'a[href$="/correction"]');
    });
  });

  test('somebody signs in', async () => {
    await withPage(undefined, async (page) => {
      await page.goto(`${origin}/sign-in`);
      await tabTo(page, 'input[name=email]');
      await page.keyboard.type('habitante@valbrune.example');
      await page.keyboard.press('Tab');
      await page.keyboard.type(demonstrationPassword);
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/account/);
    });
  });

  test('a coordinator opens the pair that looks alike', async () => {
    await withPage('coordinator', async (page) => {
      await page.goto(`${origin}/valbrune/coordination/duplicates`);
      await tabTo(page, 'form[action="?/search"] button');
      await page.keyboard.press('Enter');
      await page.getByRole('link', { name: /Clic de voisinage/ }).waitFor();
      await tabTo(page, 'main a[href*="/duplicates/"]');
      await page.keyboard.press('Enter');
      await page.waitForURL(/duplicates\/[\w-]+$/);
      await tabTo(page, 'form[action="?/merge"] button');
    });
  });
});

const TAB_LIMIT_COUNT = 400;
const MARK = 'data-walked';

/** Presses Tab from the top until the focus leaves the page; says what was focused without being seen to be. */
async function walk(page: Page): Promise<{ reached: number; invisible: string[] }> {
  const invisible: string[] = [];
  for (let reached = 0; reached < TAB_LIMIT_COUNT; reached += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate((mark) => {
      const element = document.activeElement;
      if (!element || element === document.body || element.hasAttribute(mark)) return null;
      element.setAttribute(mark, '');
      const drawn = (target: Element, pseudo?: string) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(target, pseudo);
        return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
      };
      // A choice may show the ring on the label around it, a card on its whole surface.
      const isSeen =
        drawn(element) || drawn(element, '::after') || (element.parentElement !== null && drawn(element.parentElement));
      return { isSeen, name: `${element.tagName} ${element.textContent?.trim().slice(0, 40)}` };
    }, MARK);
    if (!at) return { reached, invisible };
    if (!at.isSeen) invisible.push(at.name);
  }
  throw new Error(`The focus was still in the page after ${TAB_LIMIT_COUNT} presses of Tab.`);
}

/** Controls that are shown and that Tab passed over; of a group of radio buttons, one is enough. */
function neverReached(page: Page, reached: number): Promise<string[]> {
  return page.evaluate(
    ({ mark, count }) => {
      const controls = 'a[href], button:not([disabled]), input:not([type=hidden]), select, textarea, summary';
      const missed = [...document.querySelectorAll<HTMLElement>(controls)].filter(
        (element) =>
          !element.hasAttribute(mark) &&
          element.checkVisibility() &&
          element.tabIndex >= 0 &&
          !(element instanceof HTMLInputElement && element.type === 'radio')
      );
      if (count === 0) return ['nothing could be reached'];
      return missed.map((element) => `${element.tagName} ${element.textContent?.trim().slice(0, 40)}`);
    },
    { mark: MARK, count: reached }
  );
}

async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < TAB_LIMIT_COUNT; presses += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return;
  }
  throw new Error(`Tab never reached ${selector}.`);
}

async function withPage(role: Role | undefined, act: (page: Page) => Promise<void>): Promise<void> {
  const visitor = await visits.visitor(role, desktop);
  try {
    await act(await visitor.newPage());
  } finally {
    await visitor.close();
  }
}
