import { searchDirectory } from '../../packages/features/src/directory/search-directory.query.ts';
import { circumstances, latency, relevance, rounded } from './measures.ts';
import { readRome, type RomeQuery, type RomeSplit } from './rome-data.ts';
import { fillDirectory, type RomeDirectory } from './rome-index.ts';
import { peerRanks } from './rome-peer.ts';

const ANSWERS = 10;
/** Beyond the page that is measured: a right sheet that is not among so many cannot be brought up by any order. */
const ANSWERS_LOOKED_AT = 100;

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
  for (const query of queries) {
    const started = performance.now();
    const place = await placeOf(directory, query, ANSWERS);
    durationsMs.push(performance.now() - started);
    ranks.push(place);
  }
  const cpu = process.cpuUsage(cpuBefore);
  let found = 0;
  for (const [n, query] of queries.entries()) {
    if (ranks[n] !== null || (await placeOf(directory, query, ANSWERS_LOOKED_AT)) !== null) found += 1;
  }
  await directory.engine.close();
  return {
    split: describeSplit(split),
    queries: queries.length,
    ...relevance(ranks),
    hit_at_100: rounded(found / Math.max(queries.length, 1)),
    minisearch: relevance(peerRanks(sheets, queries)),
    latency: { ...latency(durationsMs), clients: 1, engine: 'embedded' },
    cpu_ms_per_query: Math.round((cpu.user + cpu.system) / queries.length / 10) / 100,
    sheets: sheets.length,
    names_indexed: sheets.reduce((sum, sheet) => sum + sheet.names.length, 0)
  };
}

/** The place of the right sheet from 1, or null when it is not among the first `limit`. */
async function placeOf({ visitor, territoryId, codes }: RomeDirectory, { text, code }: RomeQuery, limit: number) {
  const page = await searchDirectory(visitor, { territoryId, text, limit });
  const place = page.items.findIndex((item) => codes.get(item.organizationId) === code);
  return place < 0 ? null : place + 1;
}

function describeSplit(split: RomeSplit): string {
  if ('file' in split) return 'the queries of the file; every other name is indexed';
  const among = split.among === 'all-names' ? 'all names' : 'the names that are no title of a sheet';
  const use = split.half === 'test' ? 'which measures only' : 'from which the constants were learnt';
  return `30 % of ${among} held out, the others indexed; asked: one half of them, ${use}`;
}
