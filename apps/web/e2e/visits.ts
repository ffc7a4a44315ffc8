import type { Browser, BrowserContext, Page } from 'playwright-core';
import { newVisitor, open, startBrowser, type Opened, type View } from './browser.ts';
import type { PageLine } from './page-line.ts';
import { demonstrationPassword } from './site.ts';
import { signIn, type Role, type SignedIn } from './sign-in.ts';

/**
 * One browser for all pages. A person signs in once; a page behind links is looked for once; each view of a page gets
 * a browser profile of its own, so that no page leans on what another one left.
 */
export interface Visits {
  look: (line: PageLine, view: View, see: (page: Page, opened: Opened) => Promise<void>) => Promise<void>;
  /** A fresh profile of `role`, for what is more than one page. Whoever asks closes it. */
  visitor: (role: Role | undefined, view: View) => Promise<BrowserContext>;
  close: () => Promise<void>;
}

/** Where a page was found, and what the browser that found it held, where the page needs it. */
interface Reached {
  readonly address: string;
  readonly kept?: SignedIn;
}

export async function startVisits(origin: string): Promise<Visits> {
  const browser: Browser = await startBrowser();
  const signedIn = new Map<Role, Promise<SignedIn>>();
  const reached = new Map<string, Promise<Reached>>();

  async function visitor(role: Role | undefined, view: View): Promise<BrowserContext> {
    if (!role) return newVisitor(browser, view);
    if (!signedIn.has(role)) signedIn.set(role, signIn(browser, origin, role, demonstrationPassword));
    return newVisitor(browser, view, await signedIn.get(role));
  }

  function whereIs(line: PageLine): Promise<Reached> {
    if (!line.reach) return Promise.resolve({ address: `${origin}${line.path}` });
    if (!reached.has(line.name)) reached.set(line.name, reach(line, line.reach));
    return reached.get(line.name)!;
  }

  async function reach(line: PageLine, act: (page: Page) => Promise<void>): Promise<Reached> {
    const context = await visitor(line.as, { width: 'desktop', javaScript: false, colours: 'light' });
    try {
      const page = await context.newPage();
      await page.goto(`${origin}${line.path}`);
      await act(page);
      return { address: page.url(), ...(line.keepsCookies ? { kept: await context.storageState() } : {}) };
    } finally {
      await context.close();
    }
  }

  return {
    visitor,
    async look(line, view, see) {
      const { address, kept } = await whereIs(line);
      const context = kept ? await newVisitor(browser, view, kept) : await visitor(line.as, view);
      try {
        const page = await context.newPage();
        await see(page, await open(page, address, view));
      } finally {
        await context.close();
      }
    },
    close: () => browser.close()
  };
}
