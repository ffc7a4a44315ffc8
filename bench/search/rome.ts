import { searchDirectory } from '../../packages/features/src/directory/search-directory.query.ts';
import { circumstances, latency, relevance } from './measures.ts';
import { readRome } from './rome-data.ts';
import { fillDirectory } from './rome-index.ts';
import { peerRanks } from './rome-peer.ts';

const ANSWERS = 10;

/** Relevance on ROME through the search of the pages, beside MiniSearch on the same sheets and queries. */
export async function measureRome(folder: string, queriesFile?: string) {
  const { sheets, queries } = await readRome(folder, queriesFile);
  const directory = await fillDirectory(sheets);
  const ranks: (number | null)[] = [];
  const durationsMs: number[] = [];
  for (const { text, code } of queries) {
    const started = performance.now();
    const page = await searchDirectory(directory.visitor, { territoryId: directory.territoryId, text, limit: ANSWERS });
    durationsMs.push(performance.now() - started);
    const place = page.items.findIndex((item) => directory.codes.get(item.organizationId) === code);
    ranks.push(place < 0 ? null : place + 1);
  }
  await directory.engine.close();
  return {
    queries: queries.length,
    ...relevance(ranks),
    latency: { ...latency(durationsMs), clients: 1, engine: 'embedded' },
    sheets: sheets.length,
    names_indexed: sheets.reduce((sum, sheet) => sum + sheet.names.length, 0),
    split: queriesFile
      ? 'the queries of the file; every other name is indexed'
      : 'our own, 30 % of the names that are no title',
    minisearch: relevance(peerRanks(sheets, queries)),
    ...circumstances()
  };
}
