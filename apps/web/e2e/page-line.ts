import type { Page } from 'playwright-core';
import type { Role } from './sign-in.ts';

/** One page of the site, and what it must hold. Add a line per page. */
export interface PageLine {
  /** Address, from the root; with `reach`, where one starts from. */
  path: string;
  /** What is done from `path` to reach a page whose address holds an id. Done once, as the line's reader. */
  reach?: (page: Page) => Promise<void>;
  /** Each view also has the cookies of whoever reached the page: a code that was typed, a draft. */
  keepsCookies?: boolean;
  /** Name in the reports and of its pictures, in kebab-case. */
  name: string;
  /** Who looks at it: nobody in particular, or somebody signed in with that role. */
  as?: Role;
  /** A list page also keeps its scripts under the list limit. */
  kind?: 'page' | 'list';
  /** One of the ten main pages: pictured in each view, and in the table of weights. */
  isMain?: boolean;
  /** The answer expected, 200 unless said otherwise. */
  status?: number;
  /** No weight limit: pages for staff, and the kit. */
  heavy?: boolean;
  /** What people do there; axe looks again after each. Names go into the report. */
  interactions?: Record<string, (page: Page) => Promise<void>>;
}

/** Goes where the first link that `selector` finds leads, plus `suffix`. */
export function follow(selector: string, suffix = ''): (page: Page) => Promise<void> {
  return async (page) => {
    const href = await page.locator(selector).first().getAttribute('href');
    await page.goto(new URL(`${href}${suffix}`, page.url()).href);
  };
}
