import { createPabulibReader } from '../src/pabulib/reader.ts';
import { numbersFrom } from './generated.ts';

/**
 * Mutated files against the reader: `node test/fuzz.ts --count 1000000`. Nothing may be thrown, no input may take a
 * second of the processor (on a busy machine the clock says little), and the heap must not grow.
 */
export interface FuzzReport {
  readonly inputs: number;
  readonly thrown: readonly string[];
  /** Of processor time. */
  readonly slowestMs: number;
  readonly heapGrowthBytes: number;
}

const SEEDS = [
  'META\nkey;value\nbudget;100\nvote_type;approval\nnum_votes;2\nmax_length;2\nPROJECTS\nproject_id;cost;name\n1;50;"a;b"\n2;60.5;x\nVOTES\nvoter_id;vote\n1;1,2\n2;2\n',
  '\ufeffMETA\r\nkey;value\r\nbudget;10,5\r\nvote_type;cumulative\r\nmax_sum_points;9\r\nPROJECTS\r\nproject_id;cost\r\nA/1;5\r\nB;6\r\nVOTES\r\nvoter_id;vote;points;age\r\nv1;A/1,B;1.5,2;33\r\nv2;;;\r\n',
  'META\nkey;value\nbudget;7\nvote_type;ordinal\nPROJECTS\nproject_id;cost;votes;score\n10;1;2;3\n9;2;1;1\nVOTES\nvoter_id;vote\nx;10,9\ny;9,9\n',
  'META\nkey;value\nbudget;7\nvote_type;choose-1\nPROJECTS\nproject_id;cost\n1;1\nVOTES\nvote;voter_id\n1;"a\nb"\n'
];

const TOKENS = [
  '"',
  '""',
  ';',
  ',',
  '\n',
  '\r\n',
  '\r',
  'META',
  'PROJECTS\n',
  'VOTES',
  '-1',
  '1e9',
  '999999999999999999999',
  '0.00001',
  ' ',
  '\u00a0',
  '\u0000',
  'é',
  '😀',
  'budget;',
  'key;value\n',
  '__proto__',
  '1,1,1,1'
].map((t) => new TextEncoder().encode(t));

export function fuzz(count: number, seed: number): FuzzReport {
  const next = numbersFrom(seed);
  const bases = SEEDS.map((text) => new TextEncoder().encode(text));
  const thrown: string[] = [];
  let slowestMs = 0;
  let before = 0;
  for (let i = 0; i < count; i++) {
    if (i === Math.floor(count / 10)) before = heapInUse();
    const input = mutate(bases[Math.floor(next() * bases.length)]!, next);
    const started = process.cpuUsage();
    try {
      readInPieces(input, next);
    } catch (error) {
      if (thrown.length < 20) thrown.push(`input ${i} of seed ${seed}: ${String(error)}`);
    }
    const { user, system } = process.cpuUsage(started);
    slowestMs = Math.max(slowestMs, (user + system) / 1000);
  }
  return { inputs: count, thrown, slowestMs, heapGrowthBytes: heapInUse() - before };
}

function heapInUse(): number {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed;
}

function readInPieces(input: Uint8Array, next: () => number): void {
  const reader = createPabulibReader({ keepRows: next() < 0.3, checkValues: next() < 0.3 });
  const cut = Math.floor(next() * (input.length + 1));
  reader.push(input.subarray(0, cut));
  reader.push(input.subarray(cut));
  reader.end();
}

function mutate(base: Uint8Array, next: () => number): Uint8Array {
  let bytes = base;
  const times = 1 + Math.floor(next() * 6);
  for (let i = 0; i < times; i++) bytes = mutateOnce(bytes, next);
  return bytes;
}

function mutateOnce(bytes: Uint8Array, next: () => number): Uint8Array {
  const at = Math.floor(next() * (bytes.length + 1));
  const length = Math.floor(next() * 12);
  const kind = next();
  if (kind < 0.3) return spliced(bytes, at, 0, TOKENS[Math.floor(next() * TOKENS.length)]!);
  if (kind < 0.5) return spliced(bytes, at, length, new Uint8Array(0));
  if (kind < 0.7) return spliced(bytes, at, 1, Uint8Array.of(Math.floor(next() * 256)));
  if (kind < 0.85) return spliced(bytes, at, 0, bytes.subarray(at, at + length * 4));
  if (kind < 0.95) return spliced(bytes, at, length, TOKENS[Math.floor(next() * TOKENS.length)]!);
  return bytes.subarray(0, at);
}

function spliced(bytes: Uint8Array, at: number, removed: number, added: Uint8Array): Uint8Array {
  const rest = bytes.subarray(Math.min(bytes.length, at + removed));
  const out = new Uint8Array(at + added.length + rest.length);
  out.set(bytes.subarray(0, at));
  out.set(added, at);
  out.set(rest, at + added.length);
  return out;
}

if (import.meta.main) {
  const at = process.argv.indexOf('--count');
  const count = at < 0 ? 1_000_000 : Number(process.argv[at + 1]);
  const started = performance.now();
  const report = fuzz(count, 1);
  for (const what of report.thrown) console.log(what);
  console.log(
    `${report.inputs} mutated files, ${report.thrown.length} thrown, slowest ${report.slowestMs.toFixed(1)} ms of processor, heap ${(report.heapGrowthBytes / 1e6).toFixed(1)} MB more at the end than after a tenth, ${Math.round((performance.now() - started) / 1000)} s`
  );
  process.exitCode = report.thrown.length > 0 || report.slowestMs > 1000 ? 1 : 0;
}
