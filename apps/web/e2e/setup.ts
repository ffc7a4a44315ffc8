import type { TestProject } from 'vitest/node';
import { openSite } from './site.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the site under test answers, without a trailing slash. */
    siteOrigin: string;
  }
}

/** One site for all the checks of pages. */
export default async function startSite({ provide }: TestProject): Promise<() => Promise<void>> {
  const { origin, close } = await openSite();
  provide('siteOrigin', origin);
  return close;
}
