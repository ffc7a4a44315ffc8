import { readFile } from 'node:fs/promises';
import { readPdf } from '@terreau/formats/document-testing';
import type { Page } from 'playwright-core';
import type { View } from '../../../apps/web/e2e/browser.ts';
import type { Story } from '../main.ts';
import { fileAt, mustBe, mustContain, mustSay, type Teller } from '../teller.ts';

/** Of somebody who speaks in the street: long enough for a sentence. */
const SPOKEN_MILLISECONDS = 2_500;
/** A note is written in less than this. */
const NOTE_SECONDS = 60;
const phone = (javaScript: boolean): View => ({ width: 'phone', javaScript, colours: 'light' });
const sentence = 'Un jardin au pied de la tour, pour les familles du hall';

export const story: Story = {
  title:
    'a facilitator sees her week, listens to an idea, writes a note without network, proposes a meeting, tells her month',
  async tell(teller) {
    await aFacilitatorSeesHerWeek(teller, true);
    await aFacilitatorSeesHerWeek(teller, false);
    const firstName = await anIdeaIsHeardInTheStreet(teller);
    await theFacilitatorListens(teller, await accountCalled(firstName));
    await sheWritesWithoutNetwork(teller);
    await sheProposesAMeeting(teller);
    await sheTellsHerMonth(teller);
  }
};

async function aFacilitatorSeesHerWeek(teller: Teller, javaScript: boolean): Promise<void> {
  teller.chapter(`A facilitator, on a 320 px telephone, ${javaScript ? 'with' : 'without'} JavaScript`);
  const page = await teller.person(phone(javaScript), 'facilitator');
  await teller.step(page, 'opens « Ma semaine »: calls promised, requests with their age, and no chart', async () => {
    await page.goto(`${teller.origin}/valbrune/week`);
    const text = await page.locator('main').innerText();
    for (const words of ['Ma semaine', 'jour', 'Rappeler aujourd’hui']) mustContain(text, words);
    if ((await page.locator('main figure, main canvas, main table').count()) > 0)
      throw new Error('a week shows no chart');
  });
}

/** Answers the first name of whoever the receipt says will answer. */
async function anIdeaIsHeardInTheStreet(teller: Teller): Promise<string> {
  teller.chapter('Somebody of the team, in the street, with a telephone');
  const page = await teller.person(phone(true), 'coordinator');
  await teller.step(page, 'records what a resident says, with their agreement', async () => {
    await page.goto(`${teller.origin}/valbrune/door/idea/assisted`);
    await page.getByRole('button', { name: 'Enregistrer ma voix' }).click();
    await page.waitForTimeout(SPOKEN_MILLISECONDS);
    await page.getByRole('button', { name: 'Arrêter' }).click();
    await page.getByText('Votre message est gardé.').waitFor();
  });
  return teller.step(page, 'adds a telephone number, and gives a printed receipt with a code', async () => {
    await page.locator('[name=phone]').fill('06 12 34 56 70');
    await page.getByLabel('Dans la rue, chez quelqu’un').check();
    await page.locator('[name=agreed]').check();
    await page.getByRole('button', { name: 'Enregistrer et donner le code' }).click();
    await page.locator('p.code').waitFor();
    const text = await page.locator('main').innerText();
    mustContain(text, 'Une personne vous répond avant');
    return /Qui vous répond : ([^,]+),/.exec(text.replaceAll('\u00a0', ' '))?.[1] ?? '';
  });
}

async function theFacilitatorListens(teller: Teller, account: string): Promise<void> {
  teller.chapter('The facilitator who answers, without JavaScript');
  const page = await teller.person(phone(false), `account:${account}`);
  await teller.step(page, 'finds the voice message in her week', async () => {
    await page.goto(`${teller.origin}/valbrune/week`);
    await page.getByRole('link', { name: 'Message vocal à écouter' }).first().waitFor();
  });
  await teller.step(page, 'plays it', async () => {
    await openVoice(page);
    const sound = await page.request.get(new URL(`${page.url()}/file`).href);
    const type = sound.headers()['content-type'];
    if (!sound.ok() || !type?.startsWith('audio/')) throw new Error(`the sound answers ${sound.status()} ${type}`);
    await page.locator('audio').waitFor();
  });
  await teller.step(page, 'types one sentence', async () => {
    await page.locator('[name=sentence]').fill(sentence);
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await mustSay(page.locator('main'), 'C’est écrit.');
  });
  await teller.step(page, 'taps « Rappeler aujourd’hui »: the call stands among what she promised', async () => {
    await page.getByRole('button', { name: 'Rappeler aujourd’hui' }).click();
    await page.waitForURL(/week$/);
    await mustSay(page.locator('section[aria-labelledby=contacts]'), sentence);
  });
}

/** Step 5: three suggestions with their reasons; one is proposed, one put aside, and neither side saw anything before. */
async function sheProposesAMeeting(teller: Teller): Promise<void> {
  teller.chapter('« Rencontres possibles », on a 320 px telephone, without JavaScript');
  const page = await teller.person(phone(false), 'facilitator');
  const suggestions = page.locator('section[aria-labelledby=possible] ul.plain > li');
  const main = page.locator('main');
  let proposed = '';
  let aside = '';
  await teller.step(page, 'opens a dossier, then its possible meetings: three, each with its reasons', async () => {
    await page.goto(`${teller.origin}/valbrune/dossiers?q=${encodeURIComponent('Repas partagés')}`);
    await page.getByRole('link', { name: 'Repas partagés' }).first().click();
    await page.waitForURL(/dossiers\/[0-9a-f-]{36}$/);
    await page.goto(`${page.url()}/meetings`);
    if ((await suggestions.count()) !== 3) throw new Error(`${await suggestions.count()} suggestions`);
    for (const suggestion of await suggestions.all()) await mustSay(suggestion, 'Parce que');
    await mustSay(main, 'Personne n’est prévenu avant que vous proposiez.');
    proposed = (await suggestions.nth(0).locator('h3').innerText()).trim();
    aside = (await suggestions.nth(1).locator('h3').innerText()).trim();
  });
  await teller.step(page, 'proposes one: each side will be asked apart', async () => {
    await suggestions.nth(0).locator('summary', { hasText: 'Proposer' }).click();
    await suggestions.nth(0).locator('[name=words]').fill('Des voisins mangent ensemble le samedi.');
    await suggestions.nth(0).getByRole('button', { name: 'Interroger les deux' }).click();
    await mustSay(main, 'Les deux sont interrogés');
    await mustSay(page.locator('section[aria-labelledby=proposed]'), proposed);
  });
  await teller.step(page, 'puts one aside because the two are in conflict: it does not come back', async () => {
    const second = suggestions.filter({ hasText: aside });
    await second.locator('summary', { hasText: 'Écarter' }).click();
    await second.locator('[name=dismissal]').selectOption('in-conflict');
    await second.getByRole('button', { name: 'Écarter cette suggestion' }).click();
    await mustSay(main, 'La suggestion est écartée.');
    await page.reload();
    if ((await suggestions.filter({ hasText: aside }).count()) > 0) throw new Error(`${aside} came back`);
  });
}

/** Steps 3 and 4: a note of one minute, during a visit, on a telephone without network. */
async function sheWritesWithoutNetwork(teller: Teller): Promise<void> {
  teller.chapter('A visit without network, on a 320 px telephone');
  const page = await teller.person(phone(true), 'facilitator');
  const done = `Visite du local, mesures prises (${Date.now()})`;
  await teller.step(page, 'opens the note of a dossier before she leaves', async () => {
    await page.goto(`${teller.origin}/valbrune/dossiers?q=${encodeURIComponent('Atelier de réparation')}`);
    await page.getByRole('link', { name: 'Atelier de réparation' }).first().click();
    await page.waitForURL(/dossiers\/[0-9a-f-]{36}$/);
    await page.goto(`${page.url()}/notes/new`);
    await page.locator('[data-notes][data-ready]').waitFor();
  });
  const started = performance.now();
  await page.context().setOffline(true);
  await teller.step(page, 'types what a note is not for, and is gently reminded', async () => {
    await page.locator('[name=done]').fill('Il est malade et sans papiers.');
    await page.locator('.remind:not(:empty)').waitFor();
    await mustSay(page.locator('main'), 'Écrivez seulement ce qui est utile au projet.');
  });
  await teller.step(page, 'writes it otherwise: done, decided, to do, next date, 1 h 15, « rendez-vous »', async () => {
    await page.getByLabel('1 h 15', { exact: true }).check();
    await page.locator('[name=done]').fill(done);
    await page.locator('.remind:empty').first().waitFor({ state: 'attached' });
    await page.locator('[name=decided]').fill('Le porteur est indisponible jusqu’en mars : la régie ouvrira.');
    await page.locator('[name=toDo]').fill('Demander la convention de prêt');
  });
  await teller.step(page, 'saves it: « Enregistré sur ce téléphone, sera envoyé »', async () => {
    await page.locator('form[data-note-form] button').last().click();
    await page.getByText('Enregistré sur ce téléphone, sera envoyé.').waitFor();
    const seconds = (performance.now() - started) / 1000;
    console.log(`        a note in ${seconds.toFixed(1)} s, typing at machine pace`);
    if (seconds > NOTE_SECONDS) throw new Error(`a note took ${seconds.toFixed(0)} s`);
  });
  await teller.step(page, 'the network returns: the note is there, once', async () => {
    const notes = page.url().replace(/\/new.*$/, '');
    await page.context().setOffline(false);
    await page.locator('[data-waiting] li').waitFor({ state: 'detached' });
    await page.goto(notes);
    const times = (await page.locator('main').innerText()).split(done).length - 1;
    mustBe(times, 1, 'how often the note is there');
  });
}

/** Step 6: the month, without retyping, on one page. */
async function sheTellsHerMonth(teller: Teller): Promise<void> {
  teller.chapter('Friday, at a desk, without JavaScript');
  const page = await teller.person({ width: 'desktop', javaScript: false, colours: 'light' }, 'facilitator');
  const started = performance.now();
  await teller.step(page, 'opens « Mon bilan du mois » from her week, for the month that ended', async () => {
    await page.goto(`${teller.origin}/valbrune/week`);
    await page.getByRole('link', { name: 'Mon bilan du mois' }).click();
    await page.locator('select[name=month]').selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Voir ce mois' }).click();
    await page.waitForURL(/month=/);
    // Definitions and denominators are folded under each figure.
    const text = (await page.locator('main').textContent()) ?? '';
    for (const words of ['d’accompagnement', 'de coordination', 'structures ou projets accompagnés', 'Sur quoi'])
      mustContain(text, words);
  });
  await teller.step(page, 'takes it along: one accessible page, and the figures as a table', async () => {
    const file = async (name: string) => {
      const href = await page.getByRole('link', { name }).first().getAttribute('href');
      return fileAt(page, new URL(href!, page.url()).href);
    };
    const pdf = await readPdf(await file('Document PDF'));
    mustContain(pdf.title, 'Mon bilan du mois');
    mustBe(pdf.isTagged, true, 'whether the document is tagged');
    mustBe(pdf.language, 'fr', 'its language');
    mustBe(pdf.pages.length, 1, 'how many pages it has');
    await file('Document à modifier');
    mustContain((await file('Tableau des chiffres')).toString('utf8'), 'Dénominateur');
    const seconds = (performance.now() - started) / 1000;
    console.log(`        the month told in ${seconds.toFixed(1)} s, at machine pace`);
  });
}

async function openVoice(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Message vocal à écouter' }).first().click();
  await page.locator('main a[href$="/voice"]').click();
  await page.waitForURL(/voice$/);
}

/** The key of the facilitator's account who bears that first name in the demonstration. */
async function accountCalled(firstName: string): Promise<string> {
  const file = new URL('../../../packages/features/src/demonstration/accounts.json', import.meta.url);
  const accounts = JSON.parse(await readFile(file, 'utf8')) as { key: string; firstName: string }[];
  const found = accounts.find((account) => account.firstName === firstName && account.key.startsWith('accompagnement'));
  if (!found) throw new Error(`nobody called "${firstName}" answers`);
  return found.key;
}
