import { parseArgs } from 'node:util';
import { writeFile } from 'node:fs/promises';

const USAGE = `Usage:
  npm run --silent bench:search -- --rome FOLDER [--queries FILE.csv] [--out FILE.json]
  npm run --silent bench:search -- --latency embedded|postgresql|minisearch [--organizations N] [--kept FOLDER|URL] [--out FILE.json]
`;

try {
  const { values } = parseArgs({
    options: {
      rome: { type: 'string' },
      queries: { type: 'string' },
      latency: { type: 'string' },
      organizations: { type: 'string' },
      kept: { type: 'string' },
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
  process.stderr.write(`bench:search: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

async function measure(values: Partial<Record<'rome' | 'queries' | 'latency' | 'organizations' | 'kept', string>>) {
  if (values.rome) return (await import('./rome.ts')).measureRome(values.rome, values.queries);
  if (values.latency === 'embedded' || values.latency === 'postgresql') {
    const organizations = Number(values.organizations ?? (values.latency === 'embedded' ? 100_000 : 1_000_000));
    return (await import('./latency.ts')).measureLatency(values.latency, organizations, values.kept);
  }
  if (values.latency === 'minisearch' && values.kept)
    return (await import('./latency.ts')).measurePeerAlone(values.kept);
  return null;
}
