import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';

const USAGE = `Usage, each with [--out FILE.json]:
  npm run --silent bench:matching -- --in-process [--supports 10000,100000,1000000]
  npm run --silent bench:matching -- --postgresql [--supports 10000,100000,1000000]
  npm run --silent bench:matching -- --themes FOLDER
  npm run --silent bench:matching -- --aids FOLDER [--misses]
FOLDER holds the open data: participation/, montpellier/, aids/.
`;
const SIZES = [10_000, 100_000, 1_000_000];

try {
  const { values } = parseArgs({
    options: {
      'in-process': { type: 'boolean' },
      postgresql: { type: 'boolean' },
      supports: { type: 'string' },
      themes: { type: 'string' },
      aids: { type: 'string' },
      misses: { type: 'boolean' },
      out: { type: 'string' }
    }
  });
  const result = await measure(values);
  if (!result) {
    process.stderr.write(USAGE);
    process.exit(2);
  }
  const text = `${JSON.stringify(result, null, 2)}\n`;
  if (values.out) await writeFile(values.out, text);
  process.stdout.write(text, () => process.exit(0));
} catch (error) {
  process.stderr.write(`bench:matching: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

interface Asked {
  readonly 'in-process'?: boolean;
  readonly postgresql?: boolean;
  readonly supports?: string;
  readonly themes?: string;
  readonly aids?: string;
  readonly misses?: boolean;
}

async function measure(asked: Asked) {
  const sizes = asked.supports?.split(',').map(Number) ?? SIZES;
  if (asked['in-process']) return (await import('./in-process.ts')).measureInProcess(sizes);
  if (asked.postgresql) return (await import('./postgresql.ts')).measureOnPostgresql(sizes);
  if (asked.themes) return (await import('./themes.ts')).measureThemes(asked.themes);
  if (asked.aids) return (await import('./aids.ts')).measureAids(asked.aids, asked.misses);
  return null;
}
