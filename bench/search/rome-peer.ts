import MiniSearch from 'minisearch';
import { stemFrench } from './french-stemmer.ts';
import type { RomeQuery, RomeSheet } from './rome-data.ts';

/** The ranks of the right answers by MiniSearch with French stemming, on the same sheets and queries. */
export function peerRanks(sheets: readonly RomeSheet[], queries: readonly RomeQuery[]): (number | null)[] {
  const index = new MiniSearch({
    idField: 'code',
    fields: ['title', 'names', 'text'],
    processTerm: stemFrench,
    tokenize: (text) => text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== ''),
    searchOptions: { boost: { title: 3, names: 2 }, combineWith: 'OR' }
  });
  index.addAll(sheets.map((sheet) => ({ ...sheet, names: sheet.names.map((name) => name.long).join(' ') })));
  return queries.map(({ text, code }) => {
    const place = index
      .search(text)
      .slice(0, 10)
      .findIndex((result) => result.id === code);
    return place < 0 ? null : place + 1;
  });
}
