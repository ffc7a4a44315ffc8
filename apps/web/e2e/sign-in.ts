import type { BrowserContext } from 'playwright-core';
import type { Role } from './pages.ts';
import { demonstrationPassword } from './site.ts';

/** One demonstration account per role. */
const accounts: Record<Role, string> = {
  resident: 'habitante',
  member: 'association',
  facilitator: 'accompagnement-tilleuls',
  coordinator: 'coordination',
  administrator: 'administration'
};

/** Signs `visitor` in as `role`, through the page that everybody uses. */
export async function signIn(visitor: BrowserContext, origin: string, role: Role): Promise<void> {
  const page = await visitor.newPage();
  await page.goto(`${origin}/sign-in`);
  await page.locator('input[name=email]').fill(`${accounts[role]}@valbrune.example`);
  await page.locator('input[name=password]').fill(demonstrationPassword);
  await page.locator('form:has(input[name=password]) button[type=submit]').first().click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  await page.close();
}
