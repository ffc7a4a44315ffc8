import { execFileSync } from 'node:child_process';
import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPabulibStream } from '../src/pabulib/reader.ts';
import { numbersFrom } from './generated.ts';

/**
 * `node test/large.ts 500`: writes files of so many megabytes and has each read by a process of its own, as a stream;
 * prints JSON with the peak memory of that process. Three kinds: a city's ballots with columns about the voters, as
 * published files have them; ballots that are nearly all different, the hardest for the memory; and one line of a
 * million characters.
 */
const CHUNK = 1_000_000;
const LINE = 1_000_000;
const PROJECTS = 150;
const KINDS = ['city', 'different', 'line'] as const;
type Kind = (typeof KINDS)[number];

const head = (columns: string): string => {
  const projects = Array.from({ length: PROJECTS }, (_, i) => `${i + 1};${1000 + i * 37}\n`).join('');
  return `META\nkey;value\nbudget;1000000\nvote_type;approval\nPROJECTS\nproject_id;cost\n${projects}VOTES\n${columns}\n`;
};

function write(kind: Kind, path: string, megabytes: number): void {
  const file = openSync(path, 'w');
  if (kind === 'line') writeSync(file, `${head('voter_id;vote')}1;${'1,'.repeat(LINE / 2)}1\n`);
  else writeBallots(kind, file, megabytes);
  closeSync(file);
}

function writeBallots(kind: Kind, file: number, megabytes: number): void {
  const next = numbersFrom(1);
  const whole = (below: number): number => Math.floor(next() * below);
  const about = (): string =>
    `;${18 + whole(70)};${whole(2) ? 'F' : 'M'};internet;District no. ${whole(18)}, ward ${whole(9)}`;
  // Every fourth voter of a city writes a ballot of their own, the others one of the usual ones.
  const usual = Array.from({ length: 20_000 }, () => ballot());
  function ballot(): string {
    return Array.from({ length: 1 + whole(9) }, () => 1 + Math.floor(next() * next() * PROJECTS)).join(',');
  }
  let bytes = writeSync(
    file,
    head(kind === 'city' ? 'voter_id;vote;age;sex;voting_method;neighborhood' : 'voter_id;vote')
  );
  for (let voter = 0; bytes < megabytes * 1e6;) {
    let chunk = '';
    while (chunk.length < CHUNK) {
      const own = kind === 'different' || whole(4) === 0;
      chunk += `${++voter};${own ? ballot() : usual[whole(usual.length)]!}${kind === 'city' ? about() : ''}\n`;
    }
    bytes += writeSync(file, chunk);
  }
}

async function read(kind: string, path: string): Promise<void> {
  const started = performance.now();
  const { errors, election } = await readPabulibStream(createReadStream(path, { highWaterMark: 2 ** 18 }), {
    tolerate: ['counts']
  });
  const report = {
    kind,
    megabytes: Math.round(statSync(path).size / 1e6),
    voters: election?.ballots.groupOf.length ?? 0,
    groups: election?.ballots.groups ?? 0,
    errors,
    readMs: Math.round(performance.now() - started),
    peakMb: Math.round(process.resourceUsage().maxRSS / 1024)
  };
  console.log(JSON.stringify(report));
}

const [first, kind] = process.argv.slice(2);
if (kind === undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'equal-shares-large-'));
  const path = join(folder, 'large.pb');
  try {
    for (const each of KINDS) {
      write(each, path, Number(first ?? 500));
      process.stdout.write(execFileSync(process.execPath, [import.meta.filename, path, each], { encoding: 'utf8' }));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
} else await read(kind, first!);
