import { disagreements } from './agreement.ts';

/** `node test/properties.ts --count 100000 [--from 1]`: generated elections against the oracles. */
const option = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};

/** Elections between two lines of progress. */
const PROGRESS = 5_000;

const count = option('count', 100_000);
const from = option('from', 1);
const started = performance.now();
let wrong = 0;
for (let seed = from; seed < from + count; seed++) {
  for (const what of disagreements(seed)) {
    if (wrong++ < 20) console.log(what);
  }
  const done = seed - from + 1;
  if (done % PROGRESS === 0 && done < count) console.log(`${done} so far, ${wrong} disagreements`);
}
console.log(
  `${count} generated elections, ${wrong} disagreements, ${Math.round((performance.now() - started) / 1000)} s`
);
process.exitCode = wrong === 0 ? 0 : 1;
