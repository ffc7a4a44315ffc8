import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import type { View } from '../../../apps/web/e2e/browser.ts';
import { demonstrationPassword } from '../../../apps/web/e2e/site.ts';
import type { Story } from '../main.ts';
import { textOfPdf } from '../pdf-text.ts';
import { mustBe, mustContain, mustSay, type Teller } from '../teller.ts';
import { messyFile } from '../messy-file.ts';

const phone: View = { width: 'phone', javaScript: false, colours: 'light' };
const desk: View = { width: 'desktop', javaScript: true, colours: 'light' };
const rightNumber = '04 65 71 04 99';
const sheetName = 'Le Panier du Pont, épicerie solidaire';

/** What one person leaves for the next one to find. */
interface Trace {
  sheet: string;
}

export const story: Story = {
  title: 'a resident finds, corrects and prints; a coordinator imports, merges and undoes',
  async tell(teller) {
    const trace: Trace = { sheet: '' };
    await aResidentFindsAndCorrects(teller, trace);
    const coordinator = await aCoordinatorAppliesTheCorrection(teller, trace);
    await theCoordinatorImports(teller, coordinator);
    await theCoordinatorMergesAndUndoes(teller, coordinator);
    await theResidentComesBack(teller, trace);
  }
};

async function aResidentFindsAndCorrects(teller: Teller, trace: Trace): Promise<void> {
  teller.chapter('A resident, on an old phone, without JavaScript and without an account');
  const page = await teller.person(phone);
  const { step } = withPage(teller, page);
  await step('opens the home page', () => page.goto(teller.origin));
  await step('chooses her town', () => page.getByRole('link', { name: 'Valbrune' }).first().click());
  await step('opens the directory', async () => {
    // On a telephone the places to go are folded.
    await page.getByText('Menu', { exact: true }).click();
    await page.getByRole('link', { name: 'Annuaire', exact: true }).click();
  });
  await step('searches with her words, misspelt', async () => {
    await page.getByRole('searchbox').fill('epiceri solidère');
    await page.getByRole('button', { name: 'Chercher' }).click();
    await mustSay(page.locator('main'), sheetName);
  });
  await step('keeps what is near her', async () => {
    await page.getByText('Préciser la recherche').click();
    await page.getByLabel('Quartier', { exact: true }).selectOption({ label: 'Le Port' });
    await page.getByRole('button', { name: 'Appliquer' }).click();
    await mustSay(page.locator('main'), 'Le Port');
  });
  await step('opens the sheet', async () => {
    await page.getByRole('link', { name: sheetName }).click();
    await page.locator('h1', { hasText: sheetName }).waitFor();
    trace.sheet = page.url();
  });
  await step('reads the plain version', async () => {
    await page.getByRole('link', { name: 'Version claire' }).click();
    await mustSay(page.locator('#about-text'), 'Un magasin où les courses coûtent très peu.');
  });
  await step('prints it, with the address, the hours and the phone number', async () => {
    const printed = textOfPdf(await page.pdf({ format: 'A4' }));
    for (const words of [sheetName, '19 rue du Pont-Neuf', '96350 Valbrune', '04 65 71 04 33', 'mardi, jeudi']) {
      mustContain(printed, words);
    }
    // Spaces that do not break have no sign of their own in the PDF: the hours are read from the printed layout.
    await page.emulateMedia({ media: 'print' });
    await mustSay(page.locator('main'), '14 h – 18 h');
  });
  await step('says that the number is wrong', async () => {
    await page.emulateMedia({ media: 'screen' });
    await page.getByRole('link', { name: 'Dire que quelque chose est inexact' }).click();
    await page.getByLabel('Le numéro ou l’adresse ne répond pas').check();
    await page.locator('textarea').fill(`Le bon numéro est le ${rightNumber}, c’est écrit sur la porte.`);
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await mustSay(page.locator('main'), 'Merci, c’est bien reçu');
  });
}

async function aCoordinatorAppliesTheCorrection(teller: Teller, trace: Trace): Promise<Page> {
  teller.chapter('The coordinator, at her desk');
  const page = await teller.person(desk);
  const { step } = withPage(teller, page);
  await step('signs in', async () => {
    await page.goto(`${teller.origin}/sign-in?next=/valbrune/corrections`);
    await page.locator('input[name=email]').fill('coordination@valbrune.example');
    await page.locator('input[name=password]').fill(demonstrationPassword);
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await page.waitForURL('**/valbrune/corrections');
  });
  const correction = page.locator('article', { hasText: rightNumber });
  await step('sees what the resident said', () => correction.waitFor());
  await step('corrects the sheet', async () => {
    await page.goto(`${new URL(trace.sheet).origin}${new URL(trace.sheet).pathname}/edit`);
    await page.locator('input[name=phone]').fill(rightNumber);
    await page.locator('main form:has(input[name=phone]) button').first().click();
    await page.getByText('Enregistré').waitFor();
  });
  await step('marks the correction as applied', async () => {
    await page.goto(`${teller.origin}/valbrune/corrections`);
    await correction.locator('button[value=applied]').click();
    await correction.waitFor({ state: 'detached' });
  });
  return page;
}

async function theCoordinatorImports(teller: Teller, page: Page): Promise<void> {
  const { step } = withPage(teller, page);
  const name = 'recensement-des-ateliers.csv';
  const choose = async () => {
    await page.goto(`${teller.origin}/valbrune/coordination/imports`);
    await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: messyFile() });
    await page.locator('input[name=source]').fill('Recensement des ateliers');
    await page.getByRole('button', { name: 'Lire le fichier' }).click();
    await page.getByText('Rien n’est encore écrit dans l’annuaire.').waitFor();
  };
  await step('gives a messy file, and sees what was understood of it', async () => {
    await choose();
    const read = await page.locator('main').innerText();
    mustContain(read, 'Café bricole de l’Écluse');
    mustContain(read, 'La clé de ce SIRET est fausse');
  });
  await step('says what a column holds', async () => {
    const form = page.locator('form[action="?/correct"]');
    if (!(await form.isVisible())) await page.getByText('Corriger les colonnes').click();
    await form.getByLabel('Ce que l’on y fait').selectOption({ label: 'Description' });
    const reread = page.waitForResponse((response) => response.request().method() === 'POST');
    await form.getByRole('button', { name: 'Relire avec ces colonnes' }).click();
    await reread;
    await page.getByText('Rien n’est encore écrit dans l’annuaire.').waitFor();
  });
  await step('imports, and every row is accounted for', async () => {
    const outcome = await confirm(page);
    const parts = outcome.created + outcome.updated + outcome.merged + outcome.unchanged + outcome.protected;
    mustBe(parts + outcome.rejected, outcome.rows, 'the sum of the outcomes');
    mustBe(outcome.created, 2, 'new sheets');
  });
  await step('imports the same file again: nothing changes', async () => {
    await choose();
    const outcome = await confirm(page);
    mustBe(outcome.created + outcome.updated + outcome.merged, 0, 'changes at the second import');
  });
}

async function theCoordinatorMergesAndUndoes(teller: Teller, page: Page): Promise<void> {
  const { step } = withPage(teller, page);
  const queue = `${teller.origin}/valbrune/coordination/duplicates`;
  await step('looks for sheets that look alike', async () => {
    await page.goto(queue);
    await page.locator('form[action="?/search"] button').click();
    await page.getByRole('link', { name: /Clic de voisinage/ }).waitFor();
  });
  const absorbed = await step('compares two of them, with the reasons', async () => {
    await page.getByRole('link', { name: /Clic de voisinage/ }).click();
    await page.getByText('Quelle fiche garder ?').waitFor();
    await mustSay(page.locator('main'), 'Même téléphone');
    const old = page.locator('.side', { hasText: 'Clic de voisinage – espace numérique' });
    return (await old.getByRole('link', { name: 'Voir la fiche' }).getAttribute('href')) ?? '';
  });
  await step('merges them', async () => {
    await page.getByLabel(/fiche : Clics de voisinage$/).check();
    await page.getByRole('button', { name: 'Oui, réunir les deux fiches' }).click();
    await page.getByText('Les deux fiches n’en font plus qu’une').waitFor();
  });
  await step('finds that the old address leads to the sheet that was kept', async () => {
    await page.goto(`${teller.origin}${absorbed}`);
    mustBe(await page.locator('h1').innerText(), 'Clics de voisinage', 'the sheet at the old address');
  });
  await step('undoes the merge', async () => {
    await page.goto(queue);
    await page.getByRole('button', { name: 'Annuler cette réunion' }).first().click();
    await page.getByText('Les deux fiches sont de nouveau séparées').waitFor();
  });
  await step('finds the old sheet again at its own address', async () => {
    await page.goto(`${teller.origin}${absorbed}`);
    await mustSay(page.locator('h1'), 'espace numérique');
  });
}

async function theResidentComesBack(teller: Teller, trace: Trace): Promise<void> {
  teller.chapter('The resident, the next day');
  const page = await teller.person(phone);
  const { step } = withPage(teller, page);
  await step('finds the corrected number', async () => {
    await page.goto(trace.sheet);
    await mustSay(page.locator('main'), rightNumber);
  });
}

interface Outcome {
  created: number;
  updated: number;
  merged: number;
  unchanged: number;
  protected: number;
  rejected: number;
  rows: number;
}

/** Confirms the import, waits for its report, and reads it as a program would. */
async function confirm(page: Page): Promise<Outcome> {
  await page.locator('form[action="?/confirm"] button').first().click();
  await page.getByText('Bilan de l’import').waitFor();
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Télécharger le bilan (JSON)' }).click();
  const path = await (await downloading).path();
  const report = JSON.parse(await readFile(path, 'utf8')) as Omit<Outcome, 'rejected'> & { rejected: unknown[] };
  return { ...report, rejected: report.rejected.length };
}

function withPage(teller: Teller, page: Page) {
  return {
    step: <Found>(sentence: string, act: () => Promise<Found>): Promise<Found> => teller.step(page, sentence, act)
  };
}
