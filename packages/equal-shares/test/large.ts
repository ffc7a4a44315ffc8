import { createPabulibReader } from '../src/pabulib/reader.ts';
import { numbersFrom } from './generated.ts';

/** `node test/large.ts 500`: a file of so many megabytes, made while it is read, with the peak memory it took. */
const megabytes = Number(process.argv[2] ?? 500);
const CHUNK = 1_000_000;
const next = numbersFrom(1);
const projects = Array.from({ length: 150 }, (_, i) => `${i + 1};${1000 + i * 37}\n`).join('');
const head = `META\nkey;value\nbudget;1000000\nvote_type;approval\nPROJECTS\nproject_id;cost\n${projects}VOTES\nvoter_id;vote\n`;

const reader = createPabulibReader({ tolerate: ['counts'] });
const encoder = new TextEncoder();
const started = performance.now();
reader.push(encoder.encode(head));
let bytes = 0;
let voter = 0;
while (bytes < megabytes * 1e6) {
  let chunk = '';
  while (chunk.length < CHUNK)
    chunk += `${++voter};${Array.from({ length: 1 + Math.floor(next() * 9) }, () => 1 + Math.floor(next() * next() * 150)).join(',')}\n`;
  const encoded = encoder.encode(chunk);
  bytes += encoded.length;
  reader.push(encoded);
}
const file = reader.end();
const { errors, election } = file;
console.log(
  `${Math.round(bytes / 1e6)} MB, ${voter} ballots, ${election?.ballots.groups} different, ${errors} errors, peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MB, ${Math.round((performance.now() - started) / 1000)} s with the making`
);
