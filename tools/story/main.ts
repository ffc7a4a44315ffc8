import { mkdirSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startBrowser } from '../../apps/web/e2e/browser.ts';
import { openSite } from '../../apps/web/e2e/site.ts';
import { buildWhenChanged } from '../build.ts';
import { ROOT } from '../steps.ts';
import { Teller } from './teller.ts';

/** One story: a file of the folder `stories` that exports it as `story`. */
export interface Story {
  /** What happens in it, in one line. */
  readonly title: string;
  readonly tell: (teller: Teller) => Promise<void>;
}

/*
 * `npm run story -- directory` plays a story in Chromium, on Valbrune in a data directory of its own: one line and one
 * picture per step. `npm run story -- all` plays them all; without a name, they are listed. `--built` plays on the
 * site as it was last built, without looking whether its sources changed; `--slow` plays over a weak network.
 */
const stories = join(import.meta.dirname, 'stories');
const names = (await readdir(stories)).map((file) => file.replace(/\.ts$/, '')).sort();
const given = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const asked = given[0] === 'all' ? names : given;
const unknown = asked.filter((name) => !names.includes(name));

if (asked.length === 0 || unknown.length > 0) {
  if (unknown.length > 0) console.error(`No story is called ${unknown.join(', ')}.`);
  console.log(`Usage: npm run story -- NAME   (${names.join(', ')}, or all)`);
  process.exitCode = 2;
} else {
  if (!process.argv.includes('--built')) await buildWhenChanged();
  let passed = 0;
  for (const name of asked) if (await play(name)) passed += 1;
  console.log(`${passed} passed, ${asked.length - passed} failed, 0 skipped`);
  if (passed < asked.length) process.exitCode = 1;
}

/** Plays one story from start to end on a fresh site; false when a step failed, which is said. */
async function play(name: string): Promise<boolean> {
  const { story } = (await import(join(stories, `${name}.ts`))) as { story: Story };
  const pictures = join(ROOT, 'test-results', 'stories', name);
  rmSync(pictures, { recursive: true, force: true });
  mkdirSync(pictures, { recursive: true });
  console.log(`\n${name}: ${story.title}`);
  const started = performance.now();
  const site = await openSite();
  const browser = await startBrowser();
  const teller = new Teller(browser, site.origin, pictures, process.argv.includes('--slow'));
  try {
    await story.tell(teller);
    const seconds = (performance.now() - started) / 1000;
    console.log(`  ${teller.steps} steps, ${seconds.toFixed(1)} s, pictures in test-results/stories/${name}`);
    return true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return false;
  } finally {
    await browser.close();
    await site.close();
  }
}
