import type { BrowserContext } from 'playwright-core';
import type { Role } from './pages.ts';

type SignIn = (visitor: BrowserContext, origin: string, role: Role) => Promise<void>;

let known: SignIn | null = null;

/** Accounts say once how somebody signs in; every page line with a role then uses it. */
export function defineSignIn(how: SignIn): void {
  known = how;
}

/** Signs `visitor` in as `role`. */
export async function signIn(visitor: BrowserContext, origin: string, role: Role): Promise<void> {
  if (!known) throw new Error(`A page asks for "${role}" but nothing says how to sign in: call defineSignIn.`);
  await known(visitor, origin, role);
}
