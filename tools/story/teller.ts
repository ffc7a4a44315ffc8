import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { newVisitor, type View } from '../../apps/web/e2e/browser.ts';
import { demonstrationPassword } from '../../apps/web/e2e/site.ts';
import { signIn, type Role } from '../../apps/web/e2e/sign-in.ts';

const STEP_LIMIT_MILLISECONDS = 30_000;
const LOOK_AGAIN_MILLISECONDS = 50;
/** A weak network: a fifth of a second to answer, 1.6 Mbit/s down. */
const SLOW = { offline: false, latency: 200, downloadThroughput: 200_000, uploadThroughput: 90_000 };

/** Tells a story step by step: each is timed, pictured, and printed as one line. */
export class Teller {
  steps = 0;
  readonly origin: string;
  readonly #browser: Browser;
  readonly #pictures: string;
  readonly #isSlow: boolean;

  constructor(browser: Browser, origin: string, pictures: string, isSlow: boolean) {
    this.#isSlow = isSlow;
    this.#browser = browser;
    this.origin = origin;
    this.#pictures = pictures;
  }

  /** Prints who comes next. */
  chapter(title: string): void {
    console.log(`  ${title}`);
  }

  /** Somebody opens a browser; signed in when `role` is given. */
  async person(view: View, role?: Role): Promise<Page> {
    const kept = role && (await signIn(this.#browser, this.origin, role, demonstrationPassword));
    const context: BrowserContext = await newVisitor(this.#browser, view, kept);
    context.setDefaultTimeout(STEP_LIMIT_MILLISECONDS);
    const page = await context.newPage();
    if (this.#isSlow) {
      const session = await context.newCDPSession(page);
      await session.send('Network.emulateNetworkConditions', SLOW);
    }
    return page;
  }

  /** Does `act`, then pictures `page`. What fails says which step it was, and where. */
  async step<Found>(page: Page, sentence: string, act: () => Promise<Found>): Promise<Found> {
    this.steps += 1;
    const number = String(this.steps).padStart(2, '0');
    const started = performance.now();
    try {
      const found = await act();
      console.log(`    ✓ ${number} ${sentence} (${Math.round(performance.now() - started)} ms)`);
      return found;
    } catch (error) {
      console.log(`    ✗ ${number} ${sentence}`);
      const what = error instanceof Error ? error.message : String(error);
      throw new Error(`Step ${number}, "${sentence}", failed on ${page.url()}:\n${what}`, { cause: error });
    } finally {
      const name = `${number}-${sentence
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, '-')
        .replaceAll(/^-|-$/g, '')}.png`;
      await page.screenshot({ path: join(this.#pictures, name), fullPage: true });
    }
  }
}

/** Throws, with both values, unless `found` holds `expected`, however its spaces and lines fall. */
export function mustContain(found: string, expected: string): void {
  if (!flat(found).includes(flat(expected))) {
    throw new Error(`"${expected}" should be in: ${found.replaceAll(/\s+/g, ' ').slice(0, 600)}`);
  }
}

/**
 * Waits until what stands in `part` holds `expected`, however its spaces and lines fall: a page that was sent may still
 * be on its way. Throws, with both, when it does not come.
 */
export async function mustSay(part: Locator, expected: string): Promise<void> {
  const until = performance.now() + STEP_LIMIT_MILLISECONDS;
  for (;;) {
    const found = await part.innerText();
    if (flat(found).includes(flat(expected)) || performance.now() > until) return mustContain(found, expected);
    await part.page().waitForTimeout(LOOK_AGAIN_MILLISECONDS);
  }
}

/** Throws unless both are the same. */
export function mustBe<Value>(found: Value, expected: Value, what: string): void {
  if (found !== expected) throw new Error(`${what} should be ${String(expected)}, and is ${String(found)}`);
}

/** The file at `address`, as the page's own visitor takes it. Throws when there is none. */
export async function fileAt(page: Page, address: string): Promise<Buffer> {
  const answer = await page.request.get(address);
  if (!answer.ok()) throw new Error(`${address} answers ${answer.status()}`);
  return answer.body();
}

function flat(text: string): string {
  return text.replaceAll(/\s+/g, '');
}
