import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';

/**
 * `npm run bench:equal-shares`: time and memory of this engine on the largest real elections and on generated ones, each
 * measurement in a process of its own, the best of RUNS kept (other work may run on the machine). No peer is on npm, so
 * none runs here: what was measured of them elsewhere is quoted from bench.json and told apart.
 */
const RUNS = Number(process.argv[process.argv.indexOf('--runs') + 1] || 3) || 3;
const SHARED = join(import.meta.dirname, '../../../shared/data/pabulib');

const GENERATED = [100_000, 1_000_000, 10_000].flatMap((voters) =>
  [50, 150, 500].map((projects) => ({ voters, projects }))
);
const REAL: readonly (readonly [string, readonly string[]])[] = [
  ['Poland_Wieliczka_2023_Green_Budget', ['none', 'add1']],
  ['Poland_Lodz_2022', ['none', 'add1', 'phragmen']],
  ['Poland_Warszawa_2026', ['none', 'add1']],
  ['Poland_Wroclaw_2015_up_to_150', ['none', 'add1']],
  ['Hungary_Budapest_2024', ['none']],
  ['Hungary_Veszprem_2025', ['add1']],
  ['Hungary_Budapest_2022_VIII_Jozsefvaros', ['add1']]
];

interface Row {
  readonly file: string;
  readonly rule: string;
  readonly [figure: string]: string | number | null;
}

if (!existsSync(SHARED)) {
  console.log('SKIPPED: ../shared/data/pabulib is absent; it holds the real elections and the generator');
  process.exit(0);
}

const folder = mkdtempSync(join(tmpdir(), 'equal-shares-bench-'));
const rows: Row[] = [];
try {
  for (const [name, rules] of REAL) for (const rule of rules) measure(join(SHARED, 'pb', `${name}.pb`), name, rule);
  for (const { voters, projects } of GENERATED) {
    const path = join(folder, `s_${voters}_${projects}.pb`);
    execFileSync(process.execPath, [
      join(SHARED, 'generate.mjs'),
      '--n',
      String(voters),
      '--m',
      String(projects),
      '--out',
      path
    ]);
    const rules = [
      'none',
      ...(projects <= 150 && voters <= 100_000 ? ['add1'] : []),
      ...(voters === 100_000 && projects === 150 ? ['phragmen'] : [])
    ];
    for (const rule of rules) measure(path, `s_${voters}_${projects}`, rule);
    rmSync(path);
  }
} finally {
  rmSync(folder, { recursive: true });
}

function measure(path: string, file: string, rule: string): void {
  const all = Array.from(
    { length: RUNS },
    () =>
      JSON.parse(
        execFileSync(process.execPath, [join(import.meta.dirname, 'one.ts'), path, rule], { encoding: 'utf8' })
      ) as Record<string, number | null>
  );
  const best = (figure: string): number => Math.round(10 * Math.min(...all.map((run) => run[figure] ?? 0))) / 10;
  const figures = ['readMs', 'readCpuMs', 'ruleMs', 'ruleCpuMs', 'peakMb', 'megabytes'].map(
    (figure) => [figure, best(figure)] as const
  );
  const { voters, projects, groups, steps, bought } = all[0]!;
  const row = {
    file,
    rule,
    voters: voters!,
    projects: projects!,
    groups: groups!,
    bought: bought!,
    steps: steps ?? null,
    ...Object.fromEntries(figures)
  };
  rows.push(row);
  writeResults();
  console.log(Object.values(row).join('\t'));
}

/** After each measurement, so that a run that is broken off keeps what it has. */
function writeResults(): void {
  const results = { machine: machine(), runs: RUNS, measuredHere: rows, measuredElsewhere: elsewhere() };
  writeFileSync(join(import.meta.dirname, 'results.json'), `${JSON.stringify(results, null, 1)}\n`);
}

function machine(): Record<string, string | number> {
  return {
    date: new Date().toISOString().slice(0, 10),
    node: process.version,
    cpu: cpus()[0]!.model,
    cores: cpus().length,
    memoryMb: Math.round(totalmem() / 2 ** 20),
    loadAtEnd: Math.round(loadavg()[0]! * 10) / 10
  };
}

/** Published figures of the peers: not measured in this run. */
function elsewhere(): unknown {
  const published = JSON.parse(readFileSync(join(SHARED, 'bench.json'), 'utf8')) as {
    conditions: string;
    rows: Record<string, unknown>[];
  };
  const files = new Set([
    ...REAL.map(([name]) => `${name}.pb`),
    ...GENERATED.map(({ voters, projects }) => `s_${voters}_${projects}.pb`)
  ]);
  const kept = published.rows.filter((row) => files.has(String(row['file'])));
  return { conditions: published.conditions, rows: kept };
}
