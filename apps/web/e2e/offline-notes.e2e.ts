import { openEmbedded } from '@terreau/database/engine';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newVisitor, startBrowser } from './browser.ts';
import { openNetwork, type Network } from './network.ts';
import { signIn } from './sign-in.ts';
import { demonstrationPassword, openSite, type OpenSite } from './site.ts';

/* Notes written without network, on a site of their own: it is killed while they are being sent. */

const ROUNDS = 20;
const NOTES_PER_ROUND = 5;
/** The site is killed while this note of a round is on its way: its answer never comes. */
const KILLED_AT_NOTE = 3;
/** Twenty starts of the site, on a machine that does other things as well. */
const LIMIT_MILLISECONDS = 300_000;
/** A thumb: from one target to the next, and typing without hurry. */
const SECONDS_PER_TAP = 1.5;
const LETTERS_PER_SECOND = 3;
const phone = { width: 'phone', javaScript: true, colours: 'light' } as const;

let site: OpenSite;
let network: Network;
let browser: Browser;

beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), startBrowser()]);
  network = await openNetwork(site.origin);
});
afterAll(async () => {
  await browser?.close();
  network?.close();
  await site?.close();
});

test('a note takes five taps and less than a minute on a small phone', async () => {
  const person = await aFacilitatorsPhone();
  const dossier = await aDossierOf(person);
  const page = await open(person, `${dossier}/notes/new`);
  const said = { done: 'Vu le local avec le gardien', decided: 'Essai le 12 mars', toDo: 'Demander la clé' };
  let taps = 0;
  const tap = async (selector: string) => {
    taps += 1;
    await page.locator(selector).first().click();
  };
  const begun = performance.now();
  await tap('label:has(input[name=minutesChip][value="75"])');
  for (const [name, words] of Object.entries(said)) {
    await tap(`textarea[name=${name}]`);
    await page.keyboard.insertText(words);
  }
  await tap('form[data-note-form] button:not([type=button])');
  await page.waitForURL(/done=saved/);
  const letters = Object.values(said).join('').length;
  const seconds = (performance.now() - begun) / 1000 + taps * SECONDS_PER_TAP + letters / LETTERS_PER_SECOND;
  console.log(`a note: ${taps} taps, ${letters} letters, ${Math.round(seconds)} seconds`);
  expect(taps).toBe(5);
  expect(seconds).toBeLessThan(60);
  expect(await page.locator('.note').first().textContent()).toContain('1 h 15');
  await person.close();
});

test('what waits is sealed, closed to another account, and leaves when its author is back', async () => {
  const author = await signIn(browser, network.origin, 'facilitator', demonstrationPassword);
  const other = await signIn(browser, network.origin, 'account:accompagnement-bel-air', demonstrationPassword);
  const person = await newVisitor(browser, phone, author);
  const dossier = await aDossierOf(person);
  await airplane(person, true);
  let page = await open(person, `${dossier}/notes/new`);
  await write(page, 'Clairière');
  expect(await page.locator('[data-waiting] li').count()).toBe(1);
  expect(await page.evaluate(rawStorage)).not.toContain('Clairi');
  await page.close();

  // Somebody else takes the phone.
  await person.clearCookies();
  await person.addCookies(other.cookies);
  await airplane(person, false);
  page = await open(person, '/valbrune/dossiers/waiting-notes');
  expect(await page.locator('[data-waiting] li').count()).toBe(0);
  expect(await page.locator('[data-locked]').isVisible()).toBe(true);
  expect(await page.locator('body').textContent()).not.toContain('Clairière');
  await page.close();

  // Its author comes back.
  await person.clearCookies();
  await person.addCookies(author.cookies);
  await airplane(person, true);
  page = await open(person, `${dossier}/notes/new`);
  await page.close();
  await airplane(person, false);
  page = await open(person, `${dossier}/notes`);
  await page.reload();
  await page.locator('.note', { hasText: 'Clairière' }).waitFor();
  await page.locator('[data-waiting]').waitFor({ state: 'hidden' });
  await person.close();
});

test(
  'a hundred notes written in airplane mode, over twenty closings of the page and twenty kills of the server while they are sent, arrive each once with its time',
  async () => {
    const person = await aFacilitatorsPhone();
    const dossier = await aDossierOf(person);
    const written = new Map<string, { from: number; to: number }>();
    let starting: Promise<void> = Promise.resolve();
    for (let round = 0; round < ROUNDS; round += 1) {
      await airplane(person, true);
      const page = await open(person, `${dossier}/notes/new`);
      // The shell: the page of the site cannot be had.
      expect(await page.locator('h1').textContent()).toBe('Notes de ce téléphone');
      for (let index = 0; index < NOTES_PER_ROUND; index += 1) {
        const words = `Note n° ${round * NOTES_PER_ROUND + index + 1}`;
        const from = Date.now();
        await write(page, words);
        written.set(words, { from, to: Date.now() });
      }
      await page.close();
      await starting;
      const onItsWay = network.passed('/notes/arrivals', KILLED_AT_NOTE);
      await airplane(person, false);
      const sending = await person.newPage();
      await sending.goto(`${network.origin}${dossier}/notes`);
      await onItsWay;
      await site.kill();
      await sending.close();
      // The phone is in airplane mode again while the server starts.
      await airplane(person, true);
      starting = site.restart();
    }
    await starting;
    await airplane(person, false);
    const page = await open(person, `${dossier}/notes`);
    await page.locator('[data-waiting]').waitFor({ state: 'hidden' });
    expect(await page.locator('.note').first().textContent()).toContain('écrite sans réseau');
    await person.close();
    await site.halt();
    const rows = await notesInDatabase();
    expect(rows).toHaveLength(ROUNDS * NOTES_PER_ROUND);
    expect(new Set(rows.map(({ done }) => done)).size).toBe(ROUNDS * NOTES_PER_ROUND);
    for (const { done, written_at: at, was_offline: wasOffline } of rows) {
      const { from, to } = written.get(done)!;
      expect(at.getTime(), done).toBeGreaterThanOrEqual(from);
      expect(at.getTime(), done).toBeLessThanOrEqual(to);
      expect(wasOffline).toBe(true);
    }
  },
  LIMIT_MILLISECONDS
);

/** Everything that the phone keeps of notes, as text. Runs in the page. */
async function rawStorage(): Promise<string> {
  const database = await new Promise<IDBDatabase>((resolve) => {
    const opening = indexedDB.open('terreau-notes');
    opening.onsuccess = () => resolve(opening.result);
  });
  const records = await new Promise<{ id: string; data: ArrayBuffer }[]>((resolve) => {
    const reading = database.transaction('sealed').objectStore('sealed').getAll();
    reading.onsuccess = () => resolve(reading.result);
  });
  database.close();
  return records.map(({ id, data }) => id + new TextDecoder().decode(data)).join('');
}

/** Somebody who accompanies, on a phone that has opened the page of notes once. */
async function aFacilitatorsPhone(): Promise<BrowserContext> {
  const signedIn = await signIn(browser, network.origin, 'facilitator', demonstrationPassword);
  return newVisitor(browser, phone, signedIn);
}

/** The address of their first dossier, whose page of notes was opened with network. */
async function aDossierOf(person: BrowserContext): Promise<string> {
  const page = await person.newPage();
  await page.goto(`${network.origin}/valbrune/dossiers`);
  const dossier = (await page.locator('h2 a').first().getAttribute('href'))!;
  await page.goto(`${network.origin}${dossier}/notes/new`);
  await ready(page);
  await page.waitForFunction(async () => (await caches.match('/valbrune/dossiers/waiting-notes')) !== undefined);
  await page.close();
  return dossier;
}

async function open(person: BrowserContext, path: string): Promise<Page> {
  const page = await person.newPage();
  await page.goto(`${network.origin}${path}`);
  await ready(page);
  return page;
}

async function ready(page: Page): Promise<void> {
  await page.locator('[data-notes][data-ready]').waitFor({ state: 'attached' });
}

/** As a thumb does: a duration, what was done, save; then it is said that the note is kept. */
async function write(page: Page, words: string): Promise<void> {
  await page.locator('[data-said]').evaluate((place) => (place.textContent = ''));
  await page.locator('input[name=minutesChip][value="15"]').check();
  await page.locator('textarea[name=done]').fill(words);
  await page.locator('form[data-note-form] button').last().click();
  await page.locator('[data-said]:not(:empty)').waitFor();
  expect(await page.locator('[data-said]').textContent()).toBe('Enregistré sur ce téléphone, sera envoyé.');
}

/** The browser is told, and nothing goes through: its service worker would not listen to the former alone. */
async function airplane(person: BrowserContext, isOn: boolean): Promise<void> {
  if (isOn) network.cut();
  else network.mend();
  await person.setOffline(isOn);
}

async function notesInDatabase() {
  const engine = await openEmbedded(`${site.data}/database`);
  const { rows } = await engine.pool.query<{ done: string; written_at: Date; was_offline: boolean }>(
    `select done, written_at, was_offline from note where done like 'Note n° %' order by written_at`
  );
  await engine.close();
  return rows;
}
