import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startVisits, type Visits } from './visits.ts';

/* What is typed at the door is kept and sent once, whatever the network does meanwhile. */

const origin = inject('siteOrigin');
const door = `${origin}/valbrune/door/need`;
const phone = { width: 'phone', javaScript: true, colours: 'light' } as const;
/** A network slow enough for the form to be sent meanwhile. */
const SAVING_MILLISECONDS = 2000;
let visits: Visits;

beforeAll(async () => {
  visits = await startVisits(origin);
});
afterAll(() => visits?.close());

test('who sends while the words are being kept gets one request, and its code', async () => {
  await withPage(async (page) => {
    await page.route('**/draft', async (route) => {
      await new Promise((done) => setTimeout(done, SAVING_MILLISECONDS));
      await route.continue();
    });
    await page.goto(door);
    const begun = page.waitForRequest('**/draft');
    await page.locator('[name=sentence]').fill('Une salle pour répéter le mardi');
    await page.locator('[name=phone]').fill('06 12 34 56 77');
    await begun;
    await page.locator('[name=forWhom]').fill('Notre chorale');
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await page.waitForURL(/sent$/);
    await page.locator('p.code').waitFor();
    expect(await page.locator('main').innerText()).toContain('Une personne vous répond avant');
  });
});

test('words that were typed before the scripts arrived are kept once they are there', async () => {
  await withPage(async (page) => {
    let release = () => {};
    const typed = new Promise<void>((done) => (release = done));
    await page.route('**/*.js', async (route) => {
      await typed;
      await route.continue();
    });
    await page.goto(door, { waitUntil: 'commit' });
    await page.locator('[name=forWhom]').fill('Notre groupe de six');
    release();
    await page.getByText('C’est gardé.').waitFor();
    await page.reload();
    expect(await page.locator('[name=forWhom]').inputValue()).toBe('Notre groupe de six');
  });
});

test('the last words are kept though the page is left at once', async () => {
  await withPage(async (page) => {
    await page.goto(door);
    await page.locator('#svelte-announcer').waitFor({ state: 'attached' });
    await page.locator('[name=sentence]').fill('Un four pour la fête du hall');
    await page.goto(`${origin}/valbrune`);
    const sentence = async () => {
      await page.goto(door);
      return page.locator('[name=sentence]').inputValue();
    };
    await expect.poll(sentence, { timeout: 30_000 }).toBe('Un four pour la fête du hall');
  });
});

async function withPage(visit: (page: Page) => Promise<void>): Promise<void> {
  const context = await visits.visitor(undefined, phone);
  try {
    await visit(await context.newPage());
  } finally {
    await context.close();
  }
}
