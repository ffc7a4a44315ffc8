import { openEmbedded } from '@terreau/database/engine';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
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
const KEPT = 'Enregistré sur ce téléphone, sera envoyé.';
const ERASED = 'Roseraie';
const phone = { width: 'phone', javaScript: true, colours: 'light' } as const;

/** What was written here and must arrive once: the words, between which instants, in which dossier. */
const written = new Map<string, { from: number; to: number; dossierId: string; wasOffline: boolean }>();

let site: OpenSite;
let network: Network;
let browser: Browser;

beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), startBrowser()]);
  network = await openNetwork(site.origin);
});
// A test that fails in airplane mode leaves the network to the next one.
afterEach(() => network.mend());
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
  await write(page, 'Clairière', dossier);
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

test('a session ended from elsewhere locks the telephone: nothing leaves, nothing is lost, all leaves once its author is back', async () => {
  const person = await aFacilitatorsPhone();
  const dossier = await aDossierOf(person);
  await airplane(person, true);
  const page = await open(person, `${dossier}/notes/new`);
  await write(page, 'Passerelle du matin', dossier);
  const computer = await aComputer();
  await computer.goto(`${site.origin}/account/security`);
  await computer.locator('form[action="?/endOtherSessions"] button').click();
  await computer.waitForURL(/done=sessions/);

  await airplane(person, false);
  await page.locator('[data-sign-in]').waitFor();
  await page.locator('[data-said]', { hasText: 'Connectez-vous pour l’envoyer.' }).waitFor();
  expect(await page.locator('[data-waiting] li').count()).toBe(0);
  expect(await page.locator('[data-waiting-title]').textContent()).toContain('1');
  // What was being written is not lost either: it is kept, closed with the rest.
  await write(page, 'Passerelle du soir', dossier, 'Enregistré sur ce téléphone. Connectez-vous pour l’envoyer.');
  expect(await page.locator('[data-waiting-title]').textContent()).toContain('2');
  expect(await page.locator('body').textContent()).not.toContain('Passerelle');
  expect(await page.evaluate(rawStorage)).not.toContain('Passerelle');
  await computer.goto(`${site.origin}${dossier}/notes`);
  expect(await computer.locator('.note', { hasText: 'Passerelle' }).count()).toBe(0);

  await page.locator('[data-sign-in] a').click();
  await page.waitForURL(/\/sign-in/);
  await page.locator('input[name=email]').fill('accompagnement-tilleuls@valbrune.example');
  await page.locator('input[name=password]').fill(demonstrationPassword);
  await page.locator('form:has(input[name=password]) button').first().click();
  await page.waitForURL(/\/waiting-notes$/);
  await ready(page);
  await page.locator('[data-waiting]').waitFor({ state: 'hidden' });
  await computer.goto(`${site.origin}${dossier}/notes`);
  expect(await computer.locator('.note', { hasText: 'Passerelle' }).count()).toBe(2);
  await computer.context().close();
  await person.close();
});

test('a note for a dossier handed over meanwhile is refused with its reason, and leaves for another with its time', async () => {
  const person = await aFacilitatorsPhone();
  const dossier = await aDossierOf(person);
  const handedOver = await aDossierOf(person, 1);
  await airplane(person, true);
  const page = await open(person, `${handedOver}/notes/new`);
  await write(page, 'Verger', dossier);
  const computer = await aComputer();
  await computer.goto(`${site.origin}${handedOver}/circle`);
  await computer.locator('section[aria-labelledby=hand-over] summary').click();
  await computer.locator('form[action="?/handOver"] button').click();
  await computer.waitForURL(/\?done/);

  await airplane(person, false);
  const refused = page.locator('[data-waiting] li');
  await refused.locator('.why', { hasText: 'Vous n’avez plus accès à ce dossier.' }).waitFor();
  await refused.getByRole('button', { name: 'Corriger' }).click();
  expect(await page.locator('textarea[name=done]').inputValue()).toBe('Verger');
  expect(await page.locator('input[name=minutesChip][value="15"]').isChecked()).toBe(true);
  await page.locator('select[name=dossier]').selectOption(idOf(dossier));
  await saveAndHear(page, 'Note envoyée.');
  await page.locator('[data-waiting]').waitFor({ state: 'hidden' });
  await computer.goto(`${site.origin}${handedOver}/notes`);
  expect(await computer.locator('.note', { hasText: 'Verger' }).count()).toBe(0);
  await computer.goto(`${site.origin}${dossier}/notes`);
  expect(await computer.locator('.note', { hasText: 'Verger' }).textContent()).toContain('écrite sans réseau');
  await computer.context().close();
  await person.close();
});

test('emptying the telephone is asked once, takes what waits and the pages kept, and nothing leaves afterwards', async () => {
  const person = await aFacilitatorsPhone();
  const dossier = await aDossierOf(person);
  await airplane(person, true);
  const page = await open(person, `${dossier}/notes/new`);
  await write(page, ERASED);
  const otherTab = await open(person, `${dossier}/notes/new`);
  const empty = async (answer: 'accept' | 'dismiss') => {
    const asked = page.waitForEvent('dialog');
    // The press ends once the question is answered.
    const pressed = page.locator('[data-erase]').click();
    const dialog = await asked;
    // Typography puts spaces that do not break before the colon and the question mark.
    expect(dialog.message().replace(/\s/g, ' ')).toBe('Notes qui n’existent que sur ce téléphone : 1. Tout effacer ?');
    await dialog[answer]();
    await pressed;
  };
  await page.locator('summary', { hasText: 'Effacer ce téléphone' }).click();
  await empty('dismiss');
  expect(await page.locator('[data-waiting] li').count()).toBe(1);
  await empty('accept');
  await page.locator('[data-said]', { hasText: 'Ce téléphone ne garde plus rien.' }).waitFor();
  expect(await page.locator('form[data-note-form]').isVisible()).toBe(false);
  expect(await page.evaluate(whatIsKept)).toEqual({ databases: [], caches: [], workers: 0 });

  // A page that was open beside it keeps nothing any more, and says so: the words stay on the screen.
  await otherTab.locator('input[name=minutesChip][value="15"]').check();
  await otherTab.locator('textarea[name=done]').fill(ERASED);
  await saveAndHear(otherTab, 'Ce téléphone n’a pas pu garder la note.');
  expect(await otherTab.locator('textarea[name=done]').inputValue()).toBe(ERASED);
  await otherTab.close();
  await airplane(person, false);
  await page.goto(`${network.origin}${dossier}/notes`);
  await ready(page);
  expect(await page.locator('[data-waiting]').isVisible()).toBe(false);
  expect(await page.locator('.note', { hasText: ERASED }).count()).toBe(0);
  await person.close();
});

test(
  'a hundred notes written in airplane mode, over twenty closings of the page and twenty kills of the server while they are sent, arrive each once with its time',
  async () => {
    const person = await aFacilitatorsPhone();
    const dossier = await aDossierOf(person);
    let starting: Promise<void> = Promise.resolve();
    for (let round = 0; round < ROUNDS; round += 1) {
      await airplane(person, true);
      const page = await open(person, `${dossier}/notes/new`);
      // The shell: the page of the site cannot be had.
      expect(await page.locator('h1').textContent()).toBe('Notes de ce téléphone');
      for (let index = 0; index < NOTES_PER_ROUND; index += 1) {
        await write(page, `Note n° ${round * NOTES_PER_ROUND + index + 1}`, dossier);
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
    expect([...written.keys()].filter((words) => words.startsWith('Note n° '))).toHaveLength(ROUNDS * NOTES_PER_ROUND);
  },
  LIMIT_MILLISECONDS
);

test('each of these notes is in the database once, in its dossier, with the time at which it was written', async () => {
  await site.halt();
  const rows = await notesInDatabase([...written.keys(), ERASED]);
  expect(rows.map(({ done }) => done).sort()).toEqual([...written.keys()].sort());
  for (const { done, written_at: at, dossier_id: dossierId, was_offline: wasOffline } of rows) {
    const { from, to, ...expected } = written.get(done)!;
    expect(at.getTime(), done).toBeGreaterThanOrEqual(from);
    expect(at.getTime(), done).toBeLessThanOrEqual(to);
    expect({ dossierId, wasOffline }, done).toEqual(expected);
  }
});

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

/** What of notes there is on this telephone, by what keeps it. Runs in the page. */
async function whatIsKept() {
  const databases = (await indexedDB.databases()).map(({ name }) => name);
  const workers = (await navigator.serviceWorker.getRegistrations()).length;
  return { databases, caches: await caches.keys(), workers };
}

/** Somebody who accompanies, on a phone that has opened the page of notes once. */
async function aFacilitatorsPhone(): Promise<BrowserContext> {
  const signedIn = await signIn(browser, network.origin, 'facilitator', demonstrationPassword);
  return newVisitor(browser, phone, signedIn);
}

/** The address of their dossier of that rank, whose page of notes was opened with network. */
async function aDossierOf(person: BrowserContext, rank = 0): Promise<string> {
  const page = await person.newPage();
  await page.goto(`${network.origin}/valbrune/dossiers`);
  const dossier = (await page.locator('h2 a').nth(rank).getAttribute('href'))!;
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

/**
 * As a thumb does: a duration, what was done, save; then `said` is said, without network that the note is kept. It must
 * arrive in `dossier`; in none when it is not given.
 */
async function write(page: Page, words: string, dossier?: string, said = KEPT): Promise<void> {
  const from = Date.now();
  await page.locator('input[name=minutesChip][value="15"]').check();
  await page.locator('textarea[name=done]').fill(words);
  await saveAndHear(page, said);
  if (dossier) written.set(words, { from, to: Date.now(), dossierId: idOf(dossier), wasOffline: said === KEPT });
}

async function saveAndHear(page: Page, said: string): Promise<void> {
  await page.locator('[data-said]').evaluate((place) => (place.textContent = ''));
  await page.locator('form[data-note-form] button').last().click();
  await page.locator('[data-said]', { hasText: said }).waitFor();
}

function idOf(dossier: string): string {
  return dossier.split('/').at(-1)!;
}

/** The same person at a computer of theirs, which reaches the site by another way than the telephone. */
async function aComputer(): Promise<Page> {
  const signedIn = await signIn(browser, site.origin, 'facilitator', demonstrationPassword);
  const person = await newVisitor(browser, { width: 'desktop', javaScript: false, colours: 'light' }, signedIn);
  return person.newPage();
}

/** The browser is told, and nothing goes through: its service worker would not listen to the former alone. */
async function airplane(person: BrowserContext, isOn: boolean): Promise<void> {
  if (isOn) network.cut();
  else network.mend();
  await person.setOffline(isOn);
}

async function notesInDatabase(words: readonly string[]) {
  const engine = await openEmbedded(`${site.data}/database`);
  const { rows } = await engine.pool.query<{
    done: string;
    dossier_id: string;
    written_at: Date;
    was_offline: boolean;
  }>(`select done, dossier_id, written_at, was_offline from note where done = any($1)`, [words]);
  await engine.close();
  return rows;
}
