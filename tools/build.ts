import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './steps.ts';

const BUILT = ['apps/web', 'packages'];
const PASSED_OVER = /(^|\/)(node_modules|build|dist|\.svelte-kit|paraglide|e2e|data)(\/|$)|\.test\.ts$/;

/** Builds the site unless the last build was made from the same sources. Ends the process with one line when it fails. */
export async function buildWhenChanged(): Promise<void> {
  const stamp = join(ROOT, 'apps/web/build/.sources');
  const sources = sourcesHash();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return;
  console.log('Building the site (about half a minute)…');
  const result = spawnSync('npm', ['run', '--silent', 'build', '--workspace', '@terreau/web'], {
    cwd: ROOT,
    encoding: 'utf8'
  });
  if (result.status !== 0) {
    console.error(`${result.stdout}${result.stderr}\nThe site could not be built: see the lines above.`);
    process.exit(1);
  }
  writeFileSync(stamp, sources);
}

/** A fingerprint of every source file: its path, its size and its content. */
function sourcesHash(): string {
  const hash = createHash('sha256').update(readFileSync(join(ROOT, 'package-lock.json')));
  for (const folder of BUILT) {
    const files = (readdirSync(join(ROOT, folder), { recursive: true }) as string[])
      .filter((file) => !PASSED_OVER.test(file))
      .sort();
    for (const file of files) {
      const path = join(ROOT, folder, file);
      if (statSync(path).isFile()) hash.update(file).update(readFileSync(path));
    }
  }
  return hash.digest('hex');
}
