import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';

/**
 * `npm run bench:equal-shares -- [--part NAME] [--file NAME] [--runs 3]`: time and memory of this engine on the largest real elections
 * and on generated ones, each measurement in a process of its own, the best of RUNS kept (other work may run on the
 * machine). Beside it, in the same run, a naive baseline of ours in floating point; no peer is on npm, so none runs here:
 * what was measured of them elsewhere is quoted from bench.json and told apart. A part or a file replaces its own rows only.
 */
const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};
const isWanted = (file: string): boolean => (option('file') ?? file) === file;
const RUNS = Number(option('runs') ?? 3);
const SHARED = join(import.meta.dirname, '../../../shared/data/pabulib');
const RESULTS = join(import.meta.dirname, 'results.json');
const LARGE = join(import.meta.dirname, '../../packages/equal-shares/test/large.ts');
const LARGE_MEGABYTES = '500';

/** Rules per file. `naive none` and `naive add1` are the baseline. */
const REAL: readonly (readonly [string, readonly string[]])[] = [
  ['Poland_Wieliczka_2023_Green_Budget', ['none', 'add1', 'naive none', 'naive add1']],
  ['Poland_Lodz_2022', ['none', 'add1', 'phragmen', 'naive none', 'naive add1']],
  ['Poland_Warszawa_2026', ['none', 'add1', 'naive none']],
  ['Poland_Wroclaw_2015_up_to_150', ['none', 'add1', 'naive none', 'naive add1']],
  ['Hungary_Budapest_2024', ['none', 'naive none']],
  ['Hungary_Veszprem_2025', ['add1']],
  ['Hungary_Budapest_2022_VIII_Jozsefvaros', ['add1']]
];

const PARTS: Record<string, (part: string) => void> = {
  real: (part) => {
    for (const [name, rules] of REAL) measureAll(part, join(SHARED, 'pb', `${name}.pb`), name, rules);
  },
  'budapest add1': (part) =>
    measureAll(part, join(SHARED, 'pb/Hungary_Budapest_2024.pb'), 'Hungary_Budapest_2024', ['add1']),
  '10000': (part) => generated(part, 10_000),
  '100000': (part) => generated(part, 100_000),
  '1000000': (part) => generated(part, 1_000_000),
  large: (part) => {
    for (const line of execFileSync(process.execPath, [LARGE, LARGE_MEGABYTES], { encoding: 'utf8' })
      .trim()
      .split('\n'))
      keep({ part, rule: 'read as a stream', ...(JSON.parse(line) as object) });
  }
};

function generated(part: string, voters: number): void {
  for (const projects of [50, 150, 500]) {
    if (!isWanted(`s_${voters}_${projects}`)) continue;
    const folder = mkdtempSync(join(tmpdir(), 'equal-shares-bench-'));
    const path = join(folder, 'generated.pb');
    try {
      const sizes = ['--n', String(voters), '--m', String(projects)];
      execFileSync(process.execPath, [join(SHARED, 'generate.mjs'), ...sizes, '--out', path]);
      measureAll(part, path, `s_${voters}_${projects}`, rulesFor(voters, projects));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}

const rulesFor = (voters: number, projects: number): string[] => [
  'none',
  ...(voters <= 100_000 ? ['add1', 'naive none'] : []),
  ...(projects === 150 ? ['phragmen'] : []),
  ...(projects === 150 && voters === 10_000 ? ['naive add1'] : [])
];

interface Row {
  readonly part: string;
  readonly rule: string;
  readonly [figure: string]: unknown;
}

/** The naive baseline is run once; `sameOrder` says whether its floats bought the same projects in the same order. */
function measureAll(part: string, path: string, file: string, rules: readonly string[]): void {
  if (!isWanted(file)) return;
  const orders = new Map<string, unknown>();
  for (const rule of rules) {
    const isNaive = rule.startsWith('naive');
    const all = Array.from(
      { length: isNaive ? 1 : RUNS },
      () =>
        JSON.parse(execFileSync(process.execPath, [ONE, path, rule], { encoding: 'utf8' })) as Record<string, number>
    );
    const { voters, projects, groups, steps, bought, order } = all[0]!;
    orders.set(rule, order);
    const best = (figure: string): number => Math.round(10 * Math.min(...all.map((run) => run[figure]!))) / 10;
    const figures = FIGURES.map((figure) => [figure, best(figure)] as const);
    keep({
      part,
      file,
      rule,
      voters,
      projects,
      groups,
      bought,
      steps,
      ...Object.fromEntries(figures),
      ...(isNaive ? { sameOrder: orders.get(rule.slice('naive '.length)) === order } : {})
    });
  }
}

const ONE = join(import.meta.dirname, 'one.ts');
const FIGURES = ['readMs', 'readCpuMs', 'ruleMs', 'ruleCpuMs', 'peakMb', 'megabytes'];

interface Results {
  readonly machines: Record<string, object>;
  readonly measuredHere: readonly Row[];
}

/** After each measurement, so that a run that is broken off keeps what it has. */
function keep(row: Row): void {
  const before = existsSync(RESULTS) ? (JSON.parse(readFileSync(RESULTS, 'utf8')) as Partial<Results>) : {};
  const others = (before.measuredHere ?? []).filter((old) => !replaces(row, old));
  const results = {
    machines: { ...before.machines, [row.part]: machine() },
    measuredHere: [...others, row].sort((a, b) => ORDER.indexOf(a.part) - ORDER.indexOf(b.part)),
    measuredElsewhere: elsewhere()
  };
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 1)}\n`);
  console.log(Object.values(row).join('\t'));
}

const ORDER = Object.keys(PARTS);
const replaces = (row: Row, old: Row): boolean =>
  !ORDER.includes(old.part) || ['part', 'file', 'rule', 'kind'].every((key) => row[key] === old[key]);

function machine(): Record<string, string | number> {
  return {
    date: new Date().toISOString().slice(0, 10),
    runs: RUNS,
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
    ...[10_000, 100_000, 1_000_000].flatMap((n) => [50, 150, 500].map((m) => `s_${n}_${m}.pb`))
  ]);
  const kept = published.rows.filter((row) => files.has(String(row['file'])));
  return { conditions: published.conditions, rows: kept };
}

if (!existsSync(SHARED))
  console.log('SKIPPED: ../shared/data/pabulib is absent; it holds the real elections and the generator');
else {
  const wanted = option('part');
  for (const [part, run] of Object.entries(PARTS)) if (wanted === undefined || wanted === part) run(part);
}
