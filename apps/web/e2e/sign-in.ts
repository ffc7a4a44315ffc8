import type { Browser, BrowserContext } from 'playwright-core';

/** A role, or one account of the demonstration by its key. */
export type Role = keyof typeof accounts | `account:${string}`;

/** One demonstration account per role. */
const accounts = {
  resident: 'habitante',
  member: 'presidente-etoile',
  facilitator: 'accompagnement-tilleuls',
  coordinator: 'coordination',
  administrator: 'administration'
} as const;

function accountOf(role: Role): string {
  return role in accounts ? accounts[role as keyof typeof accounts] : role.slice('account:'.length);
}

/** What a browser keeps of somebody who signed in. */
export type SignedIn = Awaited<ReturnType<BrowserContext['storageState']>>;

/** Signs in as `role` through the page that everybody uses, without JavaScript, and returns what a browser keeps. */
export async function signIn(browser: Browser, origin: string, role: Role, password: string): Promise<SignedIn> {
  const visitor = await browser.newContext({ javaScriptEnabled: false, locale: 'fr-FR' });
  try {
    const page = await visitor.newPage();
    await page.goto(`${origin}/sign-in`);
    await page.locator('input[name=email]').fill(`${accountOf(role)}@valbrune.example`);
    await page.locator('input[name=password]').fill(password);
    await page.locator('form:has(input[name=password]) button').first().click();
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    return await visitor.storageState();
  } finally {
    await visitor.close();
  }
}
