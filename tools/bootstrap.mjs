// Runs one of the project's tools on a machine that has only Node 20.19 and npm: installs the dependencies when they
// are missing or differ from the lock file, then hands over to the Node 24 that they bring. Plain JavaScript, because
// the Node that starts it may not read TypeScript.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

refuseOldNode();
if (!isInstalled()) install();
handOver();

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Terreau needs Node 20.19 or later to start (it brings its own Node 24); this is ${process.version}.`);
  process.exit(1);
}

// npm writes its own lock file into node_modules when it has finished: older than ours, or absent, means stale.
function isInstalled() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

function install() {
  console.error('Installing the dependencies (once, about a minute)…');
  const npm = process.env.npm_execpath;
  const options = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const [program, args] = npm ? [process.execPath, [npm, ...options]] : ['npm', options];
  const result = spawnSync(program, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (result.status !== 0) {
    console.error('The dependencies could not be installed: see the lines above. Nothing else was changed.');
    process.exit(1);
  }
}

function handOver() {
  const [tool, ...args] = process.argv.slice(2);
  const bin = join(root, 'node_modules', '.bin');
  const node = existsSync(join(bin, 'node')) ? join(bin, 'node') : process.execPath;
  const result = spawnSync(node, ['--disable-warning=ExperimentalWarning', join(root, tool), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: `${bin}:${process.env.PATH}` }
  });
  process.exit(result.status ?? (result.signal ? 130 : 1));
}
