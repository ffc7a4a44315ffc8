import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { serverPrograms } from '../packages/database/src/testing-setup.ts';

/** What the tests need beyond npm: Chromium for the pages, PostgreSQL's server programs for the second engine. */
export interface Machine {
  readonly chromium: string | null;
  readonly postgresql: string | null;
  /** Sentences about what is missing and could not be installed. */
  readonly missing: readonly string[];
}

/** Finds Chromium and PostgreSQL, and installs them with apt where that is allowed (root on a Debian system). */
export function prepareMachine(): Machine {
  const wanted = [
    ...(findChromium() ? [] : ['chromium']),
    ...(serverPrograms() ? [] : ['postgresql', 'postgresql-contrib'])
  ];
  if (wanted.length > 0) install(wanted);
  const chromium = findChromium();
  const postgresql = serverPrograms() ?? null;
  return {
    chromium,
    postgresql,
    missing: [
      ...(chromium ? [] : ['Chromium is not here: the pages are not tested (set CHROMIUM_PATH, or install it).']),
      ...(postgresql ? [] : ['PostgreSQL is not here: the tests on a server are skipped (apt install postgresql).'])
    ]
  };
}

function findChromium(): string | null {
  const candidates = [
    process.env['CHROMIUM_PATH'],
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome'
  ];
  return candidates.find((path): path is string => path !== undefined && existsSync(path)) ?? null;
}

function install(packages: readonly string[]): void {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  console.log(`Installing ${packages.join(', ')} (once)…`);
  const options = { encoding: 'utf8', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
  spawnSync('apt-get', ['update', '-q'], options);
  const result = spawnSync('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...packages], options);
  if (result.status !== 0) console.log(result.stderr.trim().split('\n').slice(-3).join('\n'));
}
