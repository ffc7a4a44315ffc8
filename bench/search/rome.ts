import { searchDirectory } from '../../packages/features/src/directory/search-directory.query.ts';
import { circumstances, latency, relevance } from './measures.ts';
import { readRome, type RomeSplit } from './rome-data.ts';
import { fillDirectory } from './rome-index.ts';
import { peerRanks } from './rome-peer.ts';

const ANSWERS = 10;

/** Relevance on ROME through the search of the pages, beside MiniSearch on the same sheets and queries. */
export async function measureRome(folder: string, queriesFile?: string) {
  if (queriesFile) return { ...(await measureSplit(folder, { file: queriesFile })), ...circumstances() };
  const [main, ...others] = [
    await measureSplit(folder, { among: 'all-names', half: 'test' }),
    await measureSplit(folder, { among: 'names-that-are-no-title', half: 'test' })
  ];
  return { ...main, other_splits: others, ...circumstances() };
}

async function measureSplit(folder: string, split: RomeSplit) {
  const { sheets, queries } = await readRome(folder, split);
  const directory = await fillDirectory(sheets);
  const ranks: (number | null)[] = [];
  const durationsMs: number[] = [];
  const cpuBefore = process.cpuUsage();
  for (const { text, code } of queries) {
    const started = performance.now();
    const page = await searchDirectory(directory.visitor, { territoryId: directory.territoryId, text, limit: ANSWERS });
    durationsMs.push(performance.now() - started);
    const place = page.items.findIndex((item) => directory.codes.get(item.organizationId) === code);
    ranks.push(place < 0 ? null : place + 1);
  }
  const cpu = process.cpuUsage(cpuBefore);
  await directory.engine.close();
  return {
    split: describeSplit(split),
    queries: queries.length,
    ...relevance(ranks),
    minisearch: relevance(peerRanks(sheets, queries)),
    latency: { ...latency(durationsMs), clients: 1, engine: 'embedded' },
    cpu_ms_per_query: Math.round((cpu.user + cpu.system) / queries.length / 10) / 100,
    sheets: sheets.length,
    names_indexed: sheets.reduce((sum, sheet) => sum + sheet.names.length, 0)
  };
}

function describeSplit(split: RomeSplit): string {
  if ('file' in split) return 'the queries of the file; every other name is indexed';
  const among = split.among === 'all-names' ? 'all names' : 'the names that are no title of a sheet';
  const use = split.half === 'test' ? 'which measures only' : 'from which the constants were learnt';
  return `30 % of ${among} held out, the others indexed; asked: one half of them, ${use}`;
}
