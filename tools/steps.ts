import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export const ROOT = new URL('../', import.meta.url).pathname;

/** What one step of the checks did. Steps that run tests count them; any other step counts as one check. */
export interface StepResult {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
}

/** Runs `command` in the project's root; its output is shown only when it fails, or when `isLoud`. */
export async function runStep(
  name: string,
  command: readonly string[],
  options: StepOptions = {}
): Promise<StepResult> {
  const started = performance.now();
  const { code, output } = await runCommand(command, options);
  const seconds = (performance.now() - started) / 1000;
  const counts = options.count?.(output) ?? null;
  const failed = counts ? Math.max(counts.failed, code === 0 ? 0 : 1) : code === 0 ? 0 : 1;
  const result = {
    name,
    passed: counts?.passed ?? (code === 0 ? 1 : 0),
    failed,
    skipped: counts?.skipped ?? 0,
    seconds
  };
  const mark = failed ? '✗' : '✓';
  const figures = counts ? ` ${result.passed} passed${result.skipped ? `, ${result.skipped} skipped` : ''}` : '';
  console.log(`${mark} ${name}${figures} (${seconds.toFixed(1)} s)`);
  if (failed) console.log(indent(tail(output)));
  await keepLog(name, output);
  return result;
}

export interface StepOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly count?: (output: string) => { passed: number; failed: number; skipped: number } | null;
}

/** Reads the counts from Vitest's closing lines: `Tests  3 failed | 40 passed | 1 skipped (44)`. */
export function countVitest(output: string): { passed: number; failed: number; skipped: number } | null {
  // eslint-disable-next-line no-control-regex
  const plain = output.replace(/\u001b\[[0-9;]*m/g, '');
  const line = /^\s*Tests\s+(.*)$/m.exec(plain)?.[1];
  if (!line) return null;
  const count = (word: string) => Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0);
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') + count('todo') };
}

/** Reads `N passed, N failed, N skipped`, as our own tools close. */
export function countPlain(output: string): { passed: number; failed: number; skipped: number } | null {
  const match = /^(\d+) passed, (\d+) failed, (\d+) skipped$/m.exec(output);
  return match && { passed: Number(match[1]), failed: Number(match[2]), skipped: Number(match[3]) };
}

/** Prints `N passed, N failed, N skipped` as the last line and returns the exit code. */
export function close(results: readonly StepResult[]): number {
  const sum = (key: 'passed' | 'failed' | 'skipped') => results.reduce((total, result) => total + result[key], 0);
  const failing = results.filter((result) => result.failed > 0).map((result) => result.name);
  if (failing.length > 0) console.log(`Failing: ${failing.join(', ')}`);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
  return failing.length > 0 ? 1 : 0;
}

function runCommand(command: readonly string[], options: StepOptions): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const [program, ...args] = command;
    const child = spawn(program!, args, {
      cwd: join(ROOT, options.cwd ?? '.'),
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe']
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', (error) => resolve({ code: 1, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString('utf8') }));
  });
}

const SHOWN_LINES = 120;

function tail(output: string): string {
  const lines = output.trimEnd().split('\n');
  return lines.length > SHOWN_LINES ? ['…', ...lines.slice(-SHOWN_LINES)].join('\n') : lines.join('\n');
}

function indent(text: string): string {
  return text.replace(/^/gm, '    ');
}

async function keepLog(name: string, output: string): Promise<void> {
  const folder = join(ROOT, 'test-results', 'logs');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${name.replace(/[^a-z0-9]+/gi, '-').toLowerCase()}.log`), output);
}
