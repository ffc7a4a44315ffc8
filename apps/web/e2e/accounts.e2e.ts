import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOf, openAccountsSite, password, plugInAuthenticator, type AccountsSite } from './accounts-site.ts';
import { startBrowser } from './browser.ts';

/** Opening an account, coming back, being recognised and invited: on the built site, without JavaScript but for passkeys. */

let site: AccountsSite;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([openAccountsSite(), startBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  site?.close();
});

const at = (name: string) => `${name}@beauvallon.example`;
const people = '/beauvallon/coordination/people';

async function newPerson(javaScriptEnabled = false): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ javaScriptEnabled, locale: 'fr-FR', baseURL: site.origin });
  return { context, page: await context.newPage() };
}

/** Fills a form of the page and sends it by its button. */
async function send(page: Page, button: string, fields: Record<string, string> = {}): Promise<void> {
  const form = page.locator('main form', { has: page.getByRole('button', { name: button, exact: true }) }).first();
  for (const [name, value] of Object.entries(fields)) await form.locator(`[name="${name}"]`).fill(value);
  await form.getByRole('button', { name: button, exact: true }).click();
  await page.waitForLoadState();
}

async function signIn(page: Page, email: string, secret = password): Promise<void> {
  await page.goto('/sign-in');
  await send(page, 'Se connecter', { email, password: secret });
}

async function signOut(page: Page): Promise<void> {
  await page.goto('/sign-out');
  await send(page, 'Me déconnecter');
}

async function signedIn(name: string, javaScript = false): Promise<{ context: BrowserContext; page: Page }> {
  const person = await newPerson(javaScript);
  await signIn(person.page, at(name));
  expect(pathOf(person.page)).toBe('/account');
  return person;
}

const pathOf = (page: Page) => new URL(page.url()).pathname;
const read = (page: Page) => page.locator('main').innerText();
const statusOf = async (page: Page, path: string) => (await page.goto(path))?.status();

/** What a form answers, sent as a browser sends it, from an address that is claimed. */
async function post(context: BrowserContext, path: string, form: Record<string, string>, claimed = '203.0.113.9') {
  const answer = await context.request.post(path, {
    form,
    headers: { origin: site.origin, accept: 'text/html', 'x-forwarded-for': claimed, forwarded: `for=${claimed}` },
    maxRedirects: 0
  });
  const body = (await answer.text()).replaceAll(form['email'] ?? '', '').replace(/nonce="[^"]*"/g, '');
  return { status: answer.status(), location: answer.headers()['location'], body: body.replace(/[0-9a-f-]{36}/g, '') };
}

test('somebody opens an account by a link that a scanner cannot spend, chooses a password, leaves and comes back', async () => {
  const email = 'nouvelle@beauvallon.example';
  const { context, page } = await newPerson();
  await page.goto('/sign-up');
  await send(page, 'Recevoir le lien', { name: 'Nour', email });
  const link = await site.linkTo(email);
  // Programs that read mail open the link first, more than once.
  for (let opened = 0; opened < 2; opened += 1) expect((await context.request.get(link)).status()).toBe(200);
  await page.goto(link);
  await send(page, 'Me connecter');
  expect(await read(page)).toContain(email);
  const other = await newPerson();
  await other.page.goto(link);
  await send(other.page, 'Me connecter');
  expect(await read(other.page)).toContain('Ce lien ne sert plus');
  await page.goto('/account/security');
  await send(page, 'Enregistrer le mot de passe', { password });
  expect(await read(page)).toContain('Votre mot de passe est enregistré');
  await signOut(page);
  expect(await statusOf(page, '/account')).toBe(200);
  expect(pathOf(page)).toBe('/sign-in');
  await signIn(page, email);
  expect(await read(page)).toContain(email);
});

test('a forgotten password is replaced by a link that serves once; whoever asks is not told who has an account', async () => {
  const { context, page } = await newPerson();
  const asked = await post(context, '/password/reset', { email: at('distraite') });
  expect(await post(context, '/password/reset', { email: at('personne') })).toEqual(asked);
  const link = await site.linkTo(at('distraite'));
  await page.goto(link);
  await send(page, 'Enregistrer le mot de passe', { password: 'quatre tulipes au bord du canal' });
  expect(await read(page)).toContain('Votre mot de passe est changé');
  await signIn(page, at('distraite'));
  expect(pathOf(page)).toBe('/sign-in');
  await signIn(page, at('distraite'), 'quatre tulipes au bord du canal');
  expect(pathOf(page)).toBe('/account');
  const late = await newPerson();
  await late.page.goto(link);
  await send(late.page, 'Enregistrer le mot de passe', { password });
  expect(await read(late.page)).toContain('Ce lien ne sert plus');
});

test('after ten wrong passwords one must wait, wherever one claims to be; known and unknown addresses answer alike', async () => {
  const { context } = await newPerson();
  const attempt = (name: string, secret: string, number: number) =>
    post(context, '/sign-in?/password', { email: at(name), password: secret }, `198.51.100.${number}`);
  for (let number = 1; number <= 10; number += 1) {
    const known = await attempt('attaquee', 'faux mot de passe', number);
    expect(known.status).toBe(422);
    if (number <= 2) expect(await attempt('inconnue', 'faux mot de passe', number)).toEqual(known);
  }
  const eleventh = await attempt('attaquee', password, 11);
  expect(eleventh.status).toBe(429);
  expect(eleventh.body).toContain('Trop d’essais');
});

test('the rights of a coordinator wait for the code of their telephone; each code and each backup code serves once', async () => {
  const { page } = await signedIn('coordination');
  expect(await read(page)).toContain('Vos droits attendent');
  expect(await statusOf(page, people)).toBe(404);
  await page.goto('/account/security/second-factor');
  await send(page, 'Commencer', { password });
  const secret = await page.locator('code.secret').innerText();
  const first = codeOf(secret);
  await send(page, 'Mettre en place', { code: first });
  const backup = await page.locator('ol.codes code').allInnerTexts();
  expect(backup).toHaveLength(10);
  expect(await statusOf(page, people)).toBe(200);
  await signOut(page);
  await signIn(page, at('coordination'));
  expect(pathOf(page)).toBe('/sign-in/second-step');
  await send(page, 'Continuer', { code: first });
  expect(await read(page)).toContain('Ce code ne convient pas');
  await send(page, 'Continuer', { code: codeOf(secret, 1) });
  expect(pathOf(page)).toBe('/beauvallon/coordination');
  const elsewhere = await newPerson();
  for (const welcome of [true, false]) {
    await elsewhere.context.clearCookies();
    await signIn(elsewhere.page, at('coordination'));
    await send(elsewhere.page, 'Continuer', { code: backup[0]! });
    expect(pathOf(elsewhere.page)).toBe(welcome ? '/beauvallon/coordination' : '/sign-in/second-step');
  }
  coordination = page;
});
/** The coordinator's page, once their rights are in force. */
let coordination: Page;

test('an invitation is accepted at its address alone, and can be taken back', async () => {
  const email = 'invitee@beauvallon.example';
  await coordination.goto(people);
  await coordination.locator('select[name=role]').selectOption('expert');
  await send(coordination, 'Envoyer l’invitation', { email });
  expect(await read(coordination)).toContain(email);
  const link = new URL(await site.linkTo(email)).pathname;
  const neighbour = await signedIn('voisine');
  await neighbour.page.goto(link);
  expect(await read(neighbour.page)).toContain('Vous êtes connecté·e avec une autre adresse');
  expect((await post(neighbour.context, `${link}?/accept`, {})).status).toBe(404);
  const { page } = await newPerson();
  await page.goto(link);
  await send(page, 'Ouvrir un compte', { name: 'Ilyes' });
  await send(page, 'Accepter l’invitation');
  expect(await read(page)).toContain('Bienvenue');
  expect(await read(page)).toContain('Expert');
  await coordination.goto(people);
  await send(coordination, 'Envoyer l’invitation', { email: at('voisine') });
  const taken = new URL(await site.linkTo(at('voisine'))).pathname;
  await send(coordination, `Reprendre l’invitation de ${at('voisine')}`);
  await neighbour.page.goto(taken);
  expect(await read(neighbour.page)).toContain('Cette invitation ne sert plus');
});

test('whoever manages an organisation invites a member and ends the role; a member does not see who is in it', async () => {
  const { page } = await signedIn('responsable');
  await page.goto('/beauvallon/organizations');
  await page.getByRole('link', { name: 'Les Tisserands' }).first().click();
  await page.getByRole('link', { name: 'Membres et invitations' }).click();
  const members = pathOf(page);
  await send(page, 'Envoyer l’invitation', { email: at('habitante') });
  const guest = await signedIn('habitante');
  expect(await statusOf(guest.page, members)).toBe(404);
  await guest.page.goto(await site.linkTo(at('habitante')));
  await send(guest.page, 'Accepter l’invitation');
  expect(await read(guest.page)).toContain('Les Tisserands');
  expect(await statusOf(guest.page, members)).toBe(404);
  await page.goto(members);
  await send(page, 'Mettre fin : habitante, Membre d’une organisation');
  expect(await read(page)).not.toContain(at('habitante'));
  await guest.page.goto('/account');
  expect(pathOf(guest.page)).toBe('/sign-in');
});

test('somebody sees where they are signed in, and ends one of the sessions', async () => {
  const here = await signedIn('voisine');
  const there = await signedIn('voisine');
  const first = here.page;
  await first.goto('/account/security');
  const others = first.getByRole('button', { name: /^Déconnecter :/ });
  const before = await others.count();
  expect(before).toBeGreaterThan(0);
  // The latest session comes first among the others.
  await others.first().click();
  expect(await read(first)).toContain('Cet appareil est déconnecté');
  expect(await first.getByRole('button', { name: /^Déconnecter :/ }).count()).toBe(before - 1);
  await there.page.goto('/account');
  expect(pathOf(there.page)).toBe('/sign-in');
});

test('a passkey is added, then opens the account without a password', async () => {
  const { page } = await signedIn('responsable', true);
  await plugInAuthenticator(page);
  await page.goto('/account/security');
  await page.locator('form[data-passkey] [name=name]').fill('la clé bleue');
  await page.getByRole('button', { name: 'Ajouter une clé d’accès' }).click();
  await page.getByText('La clé d’accès est ajoutée').waitFor();
  await signOut(page);
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Utiliser une clé d’accès' }).click();
  await page.waitForURL('**/account');
  expect(await read(page)).toContain(at('responsable'));
});
