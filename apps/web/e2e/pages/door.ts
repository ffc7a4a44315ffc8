import type { Page } from 'playwright-core';
import { follow, type PageLine } from '../page-line.ts';

/** The three doors, and what follows them. */
export function doorPages(): PageLine[] {
  return [
    {
      path: '/valbrune/door/idea',
      name: 'door-idea',
      isMain: true,
      interactions: {
        'it says who reads it': (page) => page.getByText('Lue seulement par').click(),
        'it comes back with what is missing': async (page) => {
          await page.getByRole('button', { name: 'Envoyer' }).click();
          await page.getByRole('alert').waitFor();
        }
      }
    },
    { path: '/valbrune/door/need', name: 'door-need' },
    { path: '/valbrune/door/help', name: 'door-help' },
    { path: '/valbrune/door/need', reach: keepDraft, name: 'door-kept', keepsCookies: true },
    { path: '/valbrune/door/idea', reach: sendIdea, name: 'door-sent', keepsCookies: true },
    {
      path: '/valbrune/door/idea',
      reach: openSentIdea,
      name: 'receipt-of-a-request',
      keepsCookies: true,
      interactions: {
        'it can be corrected': (page) => page.getByText('Corriger ou compléter').click(),
        'it can be withdrawn': (page) => page.getByText('Retirer ma demande').click()
      }
    },
    {
      path: '/valbrune/door/idea',
      reach: openQuestions,
      name: 'door-questions',
      keepsCookies: true,
      interactions: {
        'it says why': (page) => page.getByText('Pourquoi cette question').click(),
        'it comes back without an answer': async (page) => {
          await page.getByRole('button', { name: 'Continuer' }).click();
          await page.getByRole('alert').waitFor();
        }
      }
    },
    { path: '/valbrune/door/idea/assisted', name: 'door-assisted', as: 'facilitator', heavy: true },
    {
      path: '/valbrune/requests?list=open',
      reach: follow('h2 a', '/questions'),
      name: 'request-questions',
      as: 'facilitator',
      heavy: true
    },
    { path: '/valbrune/door/idea/assisted', reach: openVoice, name: 'request-voice', as: 'coordinator', heavy: true }
  ];
}

async function keepDraft(page: Page): Promise<void> {
  await page.locator('[name=sentence]').fill('Une salle pour répéter le jeudi soir');
  await page.getByRole('button', { name: 'Garder et continuer plus tard' }).click();
  await page.waitForURL(/kept/);
}

async function sendIdea(page: Page): Promise<void> {
  await page.locator('[name=sentence]').fill('Un atelier pour réparer les vélos');
  await page.locator('[name=phone]').fill('06 12 34 56 78');
  await page.getByRole('button', { name: 'Envoyer' }).click();
  await page.waitForURL(/sent$/);
}

async function openQuestions(page: Page): Promise<void> {
  await sendIdea(page);
  await page.getByRole('link', { name: 'Répondre à quelques questions' }).click();
  await page.waitForURL(/questions/);
}

/** What somebody said in the street reaches the site as a browser would send it; then it is opened. */
async function openVoice(page: Page): Promise<void> {
  const headers = { origin: new URL(page.url()).origin };
  const door = new URL('/valbrune/door/idea', page.url()).href;
  await page.request.put(`${door}/draft`, { headers, multipart: { sentence: '' } });
  await page.request.put(`${door}/voice`, { headers, data: Buffer.from('OggS') });
  await page.locator('[name=phone]').fill('06 12 34 56 71');
  await page.locator('[name=agreed]').check();
  await page.getByRole('button', { name: 'Enregistrer et donner le code' }).click();
  await page.locator('p.code').waitFor();
  const questions = await page.locator('a[href$="/questions"]').getAttribute('href');
  await page.goto(new URL(questions!.replace(/questions$/, 'voice'), page.url()).href);
}

async function openSentIdea(page: Page): Promise<void> {
  await sendIdea(page);
  await page.getByRole('link', { name: 'Ouvrir ma demande' }).click();
  await page.waitForURL(/mine$/);
}
