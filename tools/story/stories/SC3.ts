import type { Page } from 'playwright-core';
import type { View } from '../../../apps/web/e2e/browser.ts';
import type { Story } from '../main.ts';
import { mustBe, mustContain, type Teller } from '../teller.ts';

const DOSSIER = 'Étoile filante : trouver une trésorerie qui tienne';
const view = (width: View['width'], javaScript = true): View => ({ width, javaScript, colours: 'light' });

export const story: Story = {
  title: 'the president of an association short of money shares a diagnosis, builds a budget, and answers a funder',
  async tell(teller) {
    await theBoardLooksTogether(teller);
  }
};

async function theBoardLooksTogether(teller: Teller): Promise<void> {
  teller.chapter('The president, on a 320 px telephone, without JavaScript');
  const president = await teller.person(view('phone', false), 'account:presidente-etoile');
  await teller.step(president, 'opens the dossier of her association', () => openDossier(teller, president));
  await teller.step(president, 'starts the diagnosis, all forty questions', async () => {
    await president.goto(`${president.url()}/diagnosis`);
    await president.locator('[name=form][value=full]').check();
    await president.getByRole('button', { name: 'Commencer un diagnostic' }).click();
    await president.waitForURL(/diagnosis\/[0-9a-f-]{36}/);
  });
  const diagnosis = president.url().replace(/\/answers.*$/, '');
  await teller.step(president, 'answers alone, and leaves what she does not know', () =>
    answerAlone(president, `${diagnosis}/answers`, { 'D4.2': 3, 'D10.2': 3, 'D5.1': 2 })
  );
  teller.chapter('The facilitator, at a desk, with the sheet that a board member filled in by hand');
  const facilitator = await teller.person(view('desktop'), 'facilitator');
  await teller.step(facilitator, 'sees that the president has answered, and not what', async () => {
    await facilitator.goto(diagnosis);
    const text = await facilitator.locator('main').innerText();
    mustContain(text, 'réponses remises');
    if (text.includes('D4.2')) throw new Error('answers are blind until they are compared');
  });
  await teller.step(facilitator, 'types the sheet of the treasurer, who has no account', async () => {
    await facilitator.getByText('Saisir une grille remplie sur papier').click();
    await facilitator.locator('[name=paper]').fill('Trésorière');
    await facilitator.locator('form:has([name=paper]) button').click();
    await answerAlone(facilitator, null, { 'D4.2': 1, 'D10.2': 1, 'D5.1': 2 });
  });
  await teller.step(facilitator, 'answers from her own side', () =>
    answerAlone(facilitator, `${diagnosis}/answers`, { 'D4.2': 2, 'D10.2': 2, 'D5.1': 2 })
  );
  await teller.step(facilitator, 'opens the comparison: the two looks that differ come first', async () => {
    await facilitator.goto(diagnosis);
    await facilitator.getByRole('button', { name: 'Ouvrir la comparaison' }).click();
    await facilitator.getByRole('link', { name: 'Nos regards diffèrent : parlons-en (2)' }).click();
    mustBe(await facilitator.locator('main section h2').count(), 2, 'the questions to talk about');
  });
  await teller.step(facilitator, 'writes what was agreed, with what shows it, and how much it matters', async () => {
    await facilitator.locator('[name=peoplePresent]').fill('La présidente, la trésorière, l’accompagnatrice');
    for (const [item, level] of [
      ['D4.2', '2'],
      ['D10.2', '2']
    ] as const) {
      await facilitator.locator(`[name="${item}"]`).selectOption(level);
      await facilitator.locator(`[name="${item}-importance"]`).selectOption('3');
      await facilitator.locator(`[name="${item}-evidence"]`).fill('Un tableau existe, une seule personne le tient.');
    }
    await facilitator.locator('main form button').last().click();
  });
  await teller.step(facilitator, 'keeps the priorities in their order, and signs', async () => {
    await facilitator.goto(diagnosis);
    await facilitator.getByRole('button', { name: 'Garder cet ordre' }).click();
    await facilitator.getByRole('button', { name: 'Signer pour l’accompagnement' }).click();
  });
  await teller.step(president, 'signs too, and reads the report with its table', async () => {
    await president.goto(diagnosis);
    await president.getByRole('button', { name: 'Signer le compte rendu' }).click();
    mustContain(await president.locator('main').innerText(), 'Signé par la structure');
    await president.getByRole('link', { name: 'Compte rendu à imprimer' }).click();
    await president.waitForURL(/report$/);
    mustContain(await president.locator('main').innerText(), 'Là où nos regards diffèrent');
    if ((await president.locator('main table').count()) === 0) throw new Error('a figure has its table');
  });
  await teller.step(president, 'reads who looked into her dossier', async () => {
    await openDossier(teller, president);
    await president.goto(`${president.url()}/reads`);
    mustContain(await president.locator('main').innerText(), 'Qui a regardé');
  });
}

async function openDossier(teller: Teller, page: Page): Promise<void> {
  await page.goto(`${teller.origin}/valbrune/dossiers`);
  await page.getByRole('link', { name: DOSSIER }).click();
  await page.waitForURL(/dossiers\/[0-9a-f-]{36}$/);
  mustContain(await page.locator('h1').innerText(), DOSSIER);
}

/** Walks through the dimensions from `start`, or from here, answers what `levels` says, and hands in. */
async function answerAlone(page: Page, start: string | null, levels: Readonly<Record<string, number>>): Promise<void> {
  if (start) await page.goto(start);
  for (;;) {
    for (const [item, level] of Object.entries(levels)) {
      const choice = page.locator(`[name="${item}"][value="${level}"]`);
      if ((await choice.count()) > 0) await choice.check();
    }
    const next = page.getByRole('button', { name: 'Enregistrer et continuer' });
    if ((await next.count()) === 0) break;
    await next.click();
    await page.waitForLoadState();
  }
  await page.getByRole('button', { name: 'Remettre mes réponses' }).click();
}
