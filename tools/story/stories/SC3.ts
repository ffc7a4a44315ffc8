import { readPdf } from '@terreau/formats/document-testing';
import type { Page } from 'playwright-core';
import type { View } from '../../../apps/web/e2e/browser.ts';
import type { Story } from '../main.ts';
import { fileAt, mustBe, mustContain, mustSay, type Teller } from '../teller.ts';

const DOSSIER = 'Étoile filante : trouver une trésorerie qui tienne';
const view = (width: View['width'], javaScript = true): View => ({ width, javaScript, colours: 'light' });

export const story: Story = {
  title: 'the president of an association short of money shares a diagnosis, builds a budget, and answers a funder',
  async tell(teller) {
    await sheReadsWhatIsDue(teller);
    await theBoardLooksTogether(teller);
    await sheTypesTheLastAccounts(teller);
    await sheBuildsABudget(teller);
    await nobodyElseLooks(teller);
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
    await facilitator.waitForURL(/answers\?paper=/);
    await answerAlone(facilitator, null, { 'D4.2': 1, 'D10.2': 1, 'D5.1': 2 });
  });
  await teller.step(facilitator, 'answers from her own side', () =>
    answerAlone(facilitator, `${diagnosis}/answers`, { 'D4.2': 2, 'D10.2': 2, 'D5.1': 2 })
  );
  await teller.step(facilitator, 'opens the comparison: the two looks that differ come first', async () => {
    await facilitator.goto(diagnosis);
    await facilitator.getByRole('button', { name: 'Ouvrir la comparaison' }).click();
    await facilitator.getByRole('link', { name: 'Nos regards diffèrent : parlons-en (2)' }).click();
    await facilitator.waitForURL(/agreement/);
    await facilitator.locator('main section h2').nth(1).waitFor();
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
    await mustSay(president.locator('main'), 'Signé par la structure');
    await president.getByRole('link', { name: 'Compte rendu à imprimer' }).click();
    await president.waitForURL(/report$/);
    await mustSay(president.locator('main'), 'Là où nos regards diffèrent');
    if ((await president.locator('main table').count()) === 0) throw new Error('a figure has its table');
  });
  await teller.step(president, 'reads who looked into her dossier', async () => {
    await openDossier(teller, president);
    await president.goto(`${president.url()}/reads`);
    await mustSay(president.locator('main'), 'Qui a regardé');
  });
}

/** Step 1: what has a date. */
async function sheReadsWhatIsDue(teller: Teller): Promise<void> {
  teller.chapter('The president, on a 320 px telephone, without JavaScript');
  const page = await teller.person(view('phone', false), 'account:presidente-etoile');
  await teller.step(
    page,
    'reads « Échéances »: the financial report of a grant, and who takes care of it',
    async () => {
      await openDossier(teller, page);
      await page.goto(`${page.url()}/deadlines`);
      const text = await page.locator('main').innerText();
      for (const words of ['Compte rendu financier', 'Un compte rendu financier est dû six mois après'])
        mustContain(text, words);
    }
  );
}

/** Step 4: key figures, and an alert that stays in the circle. */
async function sheTypesTheLastAccounts(teller: Teller): Promise<void> {
  teller.chapter('The president, with her last accounts');
  const page = await teller.person(view('phone'), 'account:presidente-etoile');
  await openDossier(teller, page);
  const dossier = page.url();
  await teller.step(page, 'types them: first funder 72 %, twenty-four days of cash', async () => {
    await page.goto(`${dossier}/figures/edit?year=${new Date().getFullYear() - 1}`);
    const typed = {
      income: '100000',
      charges: '97000',
      nonCashCharges: '0',
      cash: '6400',
      source1: 'Ville',
      amount1: '72000'
    };
    for (const [name, value] of Object.entries(typed)) await page.locator(`[name=${name}]`).fill(value);
    await page.getByRole('button', { name: 'Enregistrer ces chiffres' }).click();
    await page.waitForURL(/figures(\?|$)/);
  });
  await teller.step(page, 'reads a private alert, and before when she will be called', async () => {
    const text = await page.locator('main').innerText();
    for (const words of ['Signal d’alerte, entre vous', '72', '24 jours', 'vous appelle au plus tard'])
      mustContain(text, words);
  });
  const facilitator = await teller.person(view('desktop'), 'facilitator');
  await teller.step(facilitator, 'finds the call among what she promised', async () => {
    await facilitator.goto(`${teller.origin}/valbrune/week`);
    await mustSay(facilitator.locator('main'), 'Étoile filante');
  });
}

/** Steps 5 to 7: a budget that cannot lie, fundings with their source, the frame of the grant form. */
async function sheBuildsABudget(teller: Teller): Promise<void> {
  teller.chapter('The president, at a desk, without JavaScript');
  const page = await teller.person(view('desktop', false), 'account:presidente-etoile');
  const main = page.locator('main');
  await openDossier(teller, page);
  const dossier = page.url();
  await teller.step(page, 'starts the budget of a project, in her own words', async () => {
    await page.goto(`${dossier}/budget`);
    await page.locator('[name=title]').fill('Tournoi des familles');
    await page.getByRole('button', { name: 'Commencer', exact: true }).click();
    await page.locator('[name=words]').fill('ballons 300 €, assurance 200 €, cotisations 100 €');
    await page.getByRole('button', { name: 'Ranger dans les comptes' }).click();
    await page.getByRole('button', { name: 'Garder ces lignes' }).click();
    await mustSay(main, 'Il manque 400 €');
  });
  const budget = page.url().replace(/[?#].*$/, '');
  await teller.step(page, 'cannot finalise it while charges and income differ', async () => {
    await page.getByRole('button', { name: 'Finaliser' }).click();
    await mustSay(main, 'diffèrent de 400 €');
  });
  await teller.step(
    page,
    'finds possible fundings: source, date checked, for whom and not, deadline; adds one',
    async () => {
      await page.goto(`${dossier}/funding`);
      await page.locator('[name=theme]').selectOption({ label: 'Tous les thèmes' });
      await page.getByRole('button', { name: 'Filtrer' }).click();
      for (const words of ['Vérifié le', 'Pour qui', 'Pas pour qui']) await mustSay(main, words);
      await page
        .getByRole('link', { name: /^Ajouter au budget/ })
        .first()
        .click();
      await page.locator('[name=budget]').selectOption({ label: 'Tournoi des familles' });
      await page.locator('[name=amount]').fill('400');
      await page.locator('#add button').click();
      await page.waitForURL(/done/);
    }
  );
  await teller.step(page, 'reads that one line alone carries it, and where each line stands', async () => {
    await page.goto(`${budget}/plan`);
    await mustSay(main, 'n’est qu’envisagé et pèse plus de 40 %');
  });
  await teller.step(page, 'finalises it now that it is balanced', async () => {
    await page.goto(budget);
    await mustSay(main, 'Le budget est équilibré');
    await page.getByRole('button', { name: 'Finaliser' }).click();
    await mustSay(main, 'Finalisé');
  });
  await teller.step(page, 'takes along the spreadsheet and the frame of the grant form', async () => {
    mustContain((await fileAt(page, `${budget}/files/csv`)).toString('utf8'), 'ballons');
    await fileAt(page, `${budget}/files/xlsx`);
    await page.goto(`${budget}/grant`);
    await mustSay(main, 'ne l’envoie à personne');
    const pdf = await readPdf(await fileAt(page, `${budget}/grant/paper/pdf`));
    mustBe(pdf.isTagged, true, 'whether the frame is tagged');
    mustContain(pdf.pages.map((one) => one.words).join(' '), 'Tournoi des familles');
  });
  await teller.step(page, 'opens the financial report: forecast, actual, gap', async () => {
    await page.goto(`${budget}/report`);
    await mustSay(main, 'Écart');
  });
}

/** Nothing of it is the city's or a funder's, even by its address. */
async function nobodyElseLooks(teller: Teller): Promise<void> {
  teller.chapter('A funder, then the coordination of the city');
  const president = await teller.person(view('desktop', false), 'account:presidente-etoile');
  await openDossier(teller, president);
  const dossier = president.url();
  for (const account of ['financeur', 'coordination'] as const) {
    const page = await teller.person(view('desktop', false), `account:${account}`);
    await teller.step(page, `${account}: finds nothing at the address of the dossier or of its pages`, async () => {
      for (const part of ['', '/diagnosis', '/figures', '/budget', '/deadlines']) {
        const answer = await page.goto(`${dossier}${part}`);
        mustBe(answer?.status(), 404, `the answer at ${part || 'the dossier'}`);
      }
    });
  }
}

async function openDossier(teller: Teller, page: Page): Promise<void> {
  await page.goto(`${teller.origin}/valbrune/dossiers`);
  await page.getByRole('link', { name: DOSSIER }).click();
  await page.waitForURL(/dossiers\/[0-9a-f-]{36}$/);
  await mustSay(page.locator('h1'), DOSSIER);
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
    const here = page.url();
    await next.click();
    await page.waitForURL((reached) => reached.href !== here);
  }
  await page.getByRole('button', { name: 'Remettre mes réponses' }).click();
}
