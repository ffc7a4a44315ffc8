import { readPdf } from '@terreau/formats/document-testing';
import type { Page } from 'playwright-core';
import type { View } from '../../../apps/web/e2e/browser.ts';
import type { Story } from '../main.ts';
import { textOfPdf } from '../pdf-text.ts';
import { fileAt, mustBe, mustContain, mustSay, type Teller } from '../teller.ts';

/** The five questions are answered in less than this, reading and typing included. */
const FIVE_FIELDS_SECONDS = 120;
/** A thumb on a telephone: about 150 signs a minute. */
const KEY_MILLISECONDS = 60;

const sentence = 'Un atelier pour réparer les vélos et les grille-pain avec les voisins';

export const story: Story = {
  title: 'somebody with an idea, a telephone number and no association asks at the door, and stays in charge of it',
  async tell(teller) {
    for (const javaScript of [true, false]) await somebodyAsks(teller, javaScript);
    await somebodyGoesOnElsewhere(teller);
    await somebodyAnswersQuestions(teller);
    await somebodyMeets(teller, {
      javaScript: true,
      structure: 'La Seconde Marée, ressourcerie du Port',
      otherSaidYes: true
    });
    await somebodyMeets(teller, { javaScript: false, structure: 'Le Dérailleur de Bel-Air', otherSaidYes: false });
    await togetherOnOnePage(teller);
  }
};

function view(javaScript: boolean): View {
  return { width: 'phone', javaScript, colours: 'light' };
}

function withPage(teller: Teller, page: Page) {
  return {
    step: <Found>(sentenceOfStep: string, act: () => Promise<Found>) => teller.step(page, sentenceOfStep, act)
  };
}

async function somebodyAsks(teller: Teller, javaScript: boolean): Promise<void> {
  teller.chapter(`Somebody with an idea, on a 320 px telephone, ${javaScript ? 'with' : 'without'} JavaScript`);
  const page = await teller.person(view(javaScript));
  const { step } = withPage(teller, page);
  const main = page.locator('main');
  await step('sees three doors on the home page', async () => {
    await page.goto(teller.origin);
    for (const door of ['J’ai une idée', 'J’ai un besoin', 'Je veux aider']) await mustSay(main, door);
  });
  await step('enters by the idea', async () => {
    await page.getByRole('link', { name: 'J’ai une idée' }).click();
    await page.waitForURL(/door\/idea/);
    await mustSay(main, 'Lue seulement par l’accompagnateur·rice');
  });
  await step('answers the five questions, at the pace of a thumb, with a telephone number', async () => {
    const started = performance.now();
    await typeIn(page, 'sentence', sentence);
    await typeIn(page, 'forWhom', 'Les gens de l’escalier');
    await typeIn(page, 'placeWords', 'Les Tilleuls');
    await typeIn(page, 'phone', '06 12 34 56 78');
    await typeIn(page, 'expectation', 'Un local et quelqu’un qui sait');
    const seconds = (performance.now() - started) / 1000;
    console.log(`        five fields typed in ${seconds.toFixed(0)} s`);
    if (seconds > FIVE_FIELDS_SECONDS) throw new Error(`five fields took ${seconds.toFixed(0)} s`);
  });
  await step('sends them: who answers, before when, where and when they can be met, and a code', async () => {
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await page.waitForURL(/sent$/);
    const text = await main.innerText();
    for (const words of ['Merci', 'Une personne vous répond avant', 'à 17 h', 'Maison de l’accompagnement'])
      mustContain(text, words);
    mustContain(text, 'lundi : 13 h 30 – 18 h');
  });
  const code = await page.locator('p.code').innerText();
  await step('prints the code with the place and the hours', async () => {
    const printed = textOfPdf(await page.pdf({ format: 'A4' }));
    for (const words of [code, '6 rue des Tanneurs', '04 65 71 00 10']) mustContain(printed, words);
  });
  const later = await teller.person(view(javaScript));
  await teller.step(later, 'opens it by the code on another telephone, and reads where it stands', async () => {
    await openByCode(later, teller.origin, code);
    await mustSay(later.locator('main'), 'Une personne vous répond avant');
  });
  await teller.step(later, 'corrects it', async () => {
    await later.getByText('Corriger ou compléter').click();
    await later.locator('form[action="?/change"] [name=placeWords]').fill('Bel-Air');
    await later.getByRole('button', { name: 'Enregistrer' }).first().click();
    await mustSay(later.locator('main'), 'C’est enregistré');
  });
  await teller.step(later, 'withdraws it in two taps, and is thanked', async () => {
    await later.getByText('Retirer ma demande').click();
    await later.getByRole('button', { name: 'Oui, la retirer' }).click();
    await mustSay(later.locator('main'), 'Merci de nous avoir prévenus');
  });
}

async function somebodyGoesOnElsewhere(teller: Teller): Promise<void> {
  teller.chapter('Somebody who is interrupted, without JavaScript');
  const page = await teller.person(view(false));
  let code = '';
  await teller.step(page, 'keeps what is typed for later, with a code', async () => {
    await page.goto(`${teller.origin}/valbrune/door/need`);
    await page.locator('[name=sentence]').fill('Une salle pour répéter le jeudi soir');
    await page.getByRole('button', { name: 'Garder et continuer plus tard' }).click();
    code = await page.locator('p.code').innerText();
  });
  const other = await teller.person(view(true));
  await teller.step(other, 'finds it again on another telephone, and goes on', async () => {
    await openByCode(other, teller.origin, code);
    await other.waitForURL(/door\/need/);
    mustContain(await other.locator('[name=sentence]').inputValue(), 'Une salle pour répéter');
  });
  await teller.step(other, 'is kept while typing, without a button', async () => {
    await other.locator('[name=forWhom]').fill('Notre groupe de six');
    await other.getByText('C’est gardé.').waitFor();
    await other.reload();
    mustContain(await other.locator('[name=forWhom]').inputValue(), 'Notre groupe de six');
  });
}

async function somebodyAnswersQuestions(teller: Teller): Promise<void> {
  teller.chapter('Somebody who answers a few questions, stops, and goes on from the code');
  const page = await teller.person(view(false));
  let code = '';
  await teller.step(page, 'sends a need, and is offered a few questions', async () => {
    await page.goto(`${teller.origin}/valbrune/door/need`);
    await page.locator('[name=sentence]').fill('Une salle pour répéter');
    await page.locator('[name=phone]').fill('06 12 34 56 79');
    await page.getByRole('button', { name: 'Envoyer' }).click();
    code = await page.locator('p.code').innerText();
    await page.getByRole('link', { name: 'Répondre à quelques questions' }).click();
  });
  await teller.step(page, 'answers the first: a place', () => answer(page, 'Un lieu'));
  await teller.step(page, 'passes the second, and stops there', async () => {
    await page.getByRole('button', { name: 'Passer' }).click();
    await page.getByRole('link', { name: /S’arrêter là/ }).click();
  });
  const other = await teller.person(view(false));
  await teller.step(other, 'goes on by the code: only what is left is asked, and the size of the place', async () => {
    await openByCode(other, teller.origin, code);
    await other.getByRole('link', { name: 'Répondre à quelques questions' }).click();
    await answer(other, 'Des jeunes');
    await answer(other, 'De 10 à 30');
    await mustSay(other.locator('main'), 'C’est tout, merci');
  });
}

/** Step 5: two close actions exist; whoever carries the project accepts to meet, and decides how to go on. */
async function somebodyMeets(
  teller: Teller,
  { javaScript, structure, otherSaidYes }: { javaScript: boolean; structure: string; otherSaidYes: boolean }
): Promise<void> {
  const words = javaScript ? 'with' : 'without';
  teller.chapter(`Whoever carries the project reads which actions are close, on 320 px, ${words} JavaScript`);
  const page = await teller.person(view(javaScript), 'account:porteuse-de-projet');
  const main = page.locator('main');
  const line = page.locator('section[aria-labelledby=proposed] ul.plain > li', { hasText: structure });
  await teller.step(page, 'reads that close actions exist, and why', async () => {
    await page.goto(`${teller.origin}/valbrune/dossiers`);
    await page.locator('h2 a', { hasText: 'Atelier de réparation' }).click();
    await page.waitForURL(/dossiers\/[\w-]+$/);
    await page.goto(`${page.url()}/meetings`);
    await mustSay(main, javaScript ? 'actions proches existent' : 'Une action proche existe');
    await mustSay(line, 'Nous pensons que cette rencontre peut vous être utile, parce que');
    await mustSay(line, 'Vous décidez.');
  });
  await teller.step(page, `accepts to meet ${structure}`, async () => {
    await line.getByRole('button', { name: 'Oui, je veux bien rencontrer' }).click();
    await page.waitForURL(/done=/);
    await mustSay(main, otherSaidYes ? 'Les deux ont dit oui' : 'La réponse est enregistrée');
  });
  if (otherSaidYes) {
    await teller.step(page, 'reads how to reach each other, and that a date is still to be found', async () => {
      for (const said of ['Pour vous joindre', 'Reste à fixer une date']) await mustSay(line, said);
    });
  }
  await teller.step(page, `decides: « faire avec ${structure} »`, async () => {
    const decision = page.locator('section[aria-labelledby=decision]');
    await decision.locator('summary').click();
    await decision.getByLabel('Faire avec', { exact: true }).check();
    await decision.locator('[name=introduction]').selectOption({ label: structure });
    await decision.getByRole('button', { name: 'Enregistrer la décision' }).click();
    await page.waitForURL(/done=decided/);
    await mustSay(main, `Décision : faire avec ${structure}`);
  });
}

/**
 * Steps 4 and 6 to 8: what the person and the facilitator write together, at the table, on a telephone without
 * JavaScript: the project on one page, a budget in plain words, a trial, neighbours, and paper.
 */
async function togetherOnOnePage(teller: Teller): Promise<void> {
  teller.chapter('At the table, on the facilitator’s telephone, without JavaScript');
  const page = await teller.person(view(false), 'facilitator');
  const main = page.locator('main');
  const title = 'Réparer avec les voisins';
  await teller.step(page, 'opens the dossier: a first name and a telephone number are enough', async () => {
    await page.goto(`${teller.origin}/valbrune/dossiers/new`);
    await page.locator('[name=title]').fill(title);
    await page.locator('[name=nextContactOn]').fill(inDays(7));
    await page.locator('[name=name]').fill('Moussa');
    await page.locator('[name=phone]').fill('06 12 34 56 78');
    await page.locator('[name=informed]').check();
    await page.getByRole('button', { name: 'Ouvrir le dossier' }).click();
    await page.waitForURL(/dossiers\/[0-9a-f-]{36}/);
  });
  const dossier = page.url().replace(/[?#].*$/, '');
  await teller.step(page, 'writes the idea, once', async () => {
    await page.goto(`${dossier}/journey/0`);
    await writeWhereEmpty(page, [sentence, 'Les gens de l’escalier', 'Les Tilleuls', 'Un local et des conseils']);
  });
  await teller.step(page, 'writes « Le projet en une page »: what was said is already there', async () => {
    await page.goto(`${dossier}/journey/2`);
    const boxes = await page.locator('main form textarea').all();
    const there = (await Promise.all(boxes.map((box) => box.inputValue()))).join(' ');
    for (const said of [sentence, 'Les gens de l’escalier', 'Les Tilleuls']) mustContain(there, said);
    await writeWhereEmpty(page, ['Réparer plutôt que jeter', 'Deux samedis', 'Moins de déchets']);
  });
  await teller.step(page, 'takes it along: one page, readable by a reading program', async () => {
    const pdf = await readPdf(await fileAt(page, `${dossier}/journey/2/paper/pdf`));
    mustBe(pdf.pages.length, 1, 'the pages of « Le projet en une page »');
    mustContain(pdf.pages[0]!.words, sentence);
    mustBe(pdf.isTagged, true, 'whether it is tagged');
  });
  await teller.step(
    page,
    'types « outils 400 €, assurance 180 €, local prêté »: each goes to its account',
    async () => {
      await page.goto(`${dossier}/budget`);
      await page.getByRole('button', { name: 'Commencer' }).click();
      await page
        .locator('[name=words]')
        .fill('outils 400 €, assurance 180 €, local prêté 600 €, subvention de la ville 260 €');
      await page.getByRole('button', { name: 'Ranger dans les comptes' }).click();
      const chosen = page.locator('select[name^=choice-] option:checked');
      mustContain((await chosen.allInnerTexts()).join(' '), '861 et 871');
      await page.getByRole('button', { name: 'Garder ces lignes' }).click();
      await mustSay(main, 'Il manque 320 €');
      await mustSay(main, 'Pistes');
    }
  );
  await teller.step(page, 'cannot finalise it, and reads by how much it is short', async () => {
    await page.getByRole('button', { name: 'Finaliser' }).click();
    await mustSay(main, 'diffèrent de 320 €');
  });
  await teller.step(page, 'prepares the small version', async () => {
    await page.getByText('Nom, versions, suppression').click();
    await page.getByRole('button', { name: 'Préparer la version petite' }).click();
    await mustSay(main, 'Version petite');
  });
  await teller.step(page, 'writes the trial of an afternoon in a few lines', async () => {
    await page.goto(`${dossier}/journey/5`);
    await writeWhereEmpty(page, ['Samedi 12, neuf personnes', 'Savoir si l’on vient', 'Neuf personnes, cinq vélos']);
  });
  await teller.step(page, 'invites two neighbours: one without address', async () => {
    for (const neighbour of ['Fatou', 'Gérard']) {
      await page.goto(`${dossier}/circle`);
      const form = page.locator('form[action="?/neighbour"]');
      await form.locator('[name=name]').fill(neighbour);
      await form.locator('[name=informed]').check();
      await form.getByRole('button', { name: 'Ajouter au cercle' }).click();
      await mustSay(main, neighbour);
    }
  });
  await teller.step(page, 'prints everything', async () => {
    const pdf = await readPdf(await fileAt(page, `${dossier}/journey/paper/pdf`));
    const words = pdf.pages.map((one) => one.words).join(' ');
    for (const said of [sentence, 'Réparer plutôt que jeter', 'Samedi 12, neuf personnes']) mustContain(words, said);
  });
  await teller.step(page, 'stops in two taps from any page, and is thanked', async () => {
    await page.goto(`${dossier}/journey`);
    await page.getByRole('link', { name: 'Arrêter le projet' }).click();
    await page.getByRole('button', { name: 'Oui, nous arrêtons' }).click();
    await mustSay(main, 'Merci pour ce chemin fait ensemble');
  });
}

/** Fills the empty boxes of the form with `texts`, the last one again when they run out, and keeps them. */
async function writeWhereEmpty(page: Page, texts: readonly string[]): Promise<void> {
  let written = 0;
  for (const box of await page.locator('main form textarea').all()) {
    if ((await box.inputValue()) !== '') continue;
    await box.fill(texts[Math.min(written, texts.length - 1)]!);
    written += 1;
  }
  await page.getByRole('button', { name: 'Garder', exact: true }).click();
  await mustSay(page.locator('main'), 'Rien de ceci ne vous sera redemandé');
}

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

async function typeIn(page: Page, name: string, text: string): Promise<void> {
  await page.locator(`[name=${name}]`).pressSequentially(text, { delay: KEY_MILLISECONDS });
}

async function answer(page: Page, words: string): Promise<void> {
  await page.getByLabel(words, { exact: true }).check();
  await page.getByRole('button', { name: 'Continuer' }).click();
}

async function openByCode(page: Page, origin: string, code: string): Promise<void> {
  await page.goto(`${origin}/receipts`);
  await page.locator('[name=code]').fill(code);
  await page.locator('main form button').first().click();
}
