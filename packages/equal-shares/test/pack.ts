import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** `npm run pack -w @terreau/equal-shares`: builds what is published into dist/, and tries it from there. */
const HERE = join(import.meta.dirname, '..');
const DIST = join(HERE, 'dist');

rmSync(DIST, { recursive: true, force: true });
execFileSync('tsc', ['-p', join(HERE, 'tsconfig.build.json')], { stdio: 'inherit' });

const {
  scripts: _scripts,
  files: _files,
  exports: sources,
  ...described
} = JSON.parse(readFileSync(join(HERE, 'package.json'), 'utf8')) as {
  scripts: unknown;
  files: unknown;
  exports: Record<string, string>;
};
const built = (path: string): { types: string; default: string } => ({
  types: path.replace(/\.ts$/, '.d.ts'),
  default: path.replace(/\.ts$/, '.js')
});
const exports = Object.fromEntries(Object.entries(sources).map(([name, path]) => [name, built(path)]));
writeFileSync(
  join(DIST, 'package.json'),
  `${JSON.stringify({ ...described, bin: { 'equal-shares': './bin/equal-shares.js' }, exports, engines: { node: '>=20' } }, null, 2)}\n`
);
for (const name of ['README.md', 'README.fr.md', 'LICENSE']) copyFileSync(join(HERE, name), join(DIST, name));

const { createElection, computeOutcome } = (await import(
  pathToFileURL(join(DIST, 'src/index.js')).href
)) as typeof import('../src/index.ts');
const election = createElection({
  voteType: 'approval',
  budget: '10',
  projects: [{ id: 'a', cost: '10' }],
  ballots: [{ projects: ['a'] }]
});
const { selected } = computeOutcome(election, { rule: 'mes_cost' });
if (selected.join() !== 'a') throw new Error(`the built package elects ${selected.join()}`);
console.log('dist/ holds the package as it is published; npm publish packages/equal-shares/dist');
