import { readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

/** One job sheet of ROME: what is indexed of it. */
export interface RomeSheet {
  readonly code: string;
  readonly title: string;
  /** Definition, then access to the job. */
  readonly text: string;
  readonly names: readonly RomeName[];
}

export interface RomeName {
  readonly long: string;
  readonly short: string;
}

/** A question and the one sheet that answers it. */
export interface RomeQuery {
  readonly text: string;
  readonly code: string;
}

export interface RomeTask {
  readonly sheets: readonly RomeSheet[];
  readonly queries: readonly RomeQuery[];
}

const QUERY_SHARE_PERCENT = 30;

/**
 * Which names are asked: those of a file, or 30 % drawn by a hash, so that they never change, among all names or among those
 * that are no title of a sheet. Half of the drawn ones served to learn the constants of the ranking, the other half measures.
 */
export type RomeSplit =
  | { readonly file: string }
  | { readonly among: 'all-names' | 'names-that-are-no-title'; readonly half: 'tune' | 'test' };

/** The sheets of a folder of official files, and the queries of a split. A name that is held out, in either half, is never indexed. */
export async function readRome(folder: string, split: RomeSplit): Promise<RomeTask> {
  const [sheets, texts, names] = await Promise.all([
    readTable(join(folder, 'unix_referentiel_code_rome_v460_utf8.csv')),
    readTable(join(folder, 'unix_texte_v460_utf8.csv')),
    readTable(join(folder, 'unix_referentiel_appellation_v460_utf8.csv'))
  ]);
  const titles = new Set(sheets.map((row) => row['libelle_rome']!));
  const mayBeDrawn = (row: Row) =>
    'among' in split && (split.among === 'all-names' || !titles.has(row['libelle_appellation_long']!));
  const heldOut =
    'file' in split
      ? await readTable(split.file)
      : names.filter((row) => mayBeDrawn(row) && draw(row['code_ogr']!) !== null);
  const asked = 'file' in split ? heldOut : heldOut.filter((row) => draw(row['code_ogr']!) === split.half);
  const queries = asked.map((row) => ({ text: row['libelle_appellation_court']!, code: row['code_rome']! }));
  const withheld = new Set(
    heldOut.flatMap((row) => [row['libelle_appellation_court']!, row['libelle_appellation_long'] ?? ''])
  );
  const textsByCode = Map.groupBy(texts, (row) => row['code_rome']!);
  const namesByCode = Map.groupBy(names, (row) => row['code_rome']!);
  return {
    queries,
    sheets: sheets.map((row) => ({
      code: row['code_rome']!,
      title: row['libelle_rome']!,
      text: (textsByCode.get(row['code_rome']!) ?? [])
        .map((text) => text['libelle_texte']!.replaceAll("''", "'"))
        .join('\n'),
      names: (namesByCode.get(row['code_rome']!) ?? [])
        .map((name) => ({ long: name['libelle_appellation_long']!, short: name['libelle_appellation_court']! }))
        .filter((name) => !withheld.has(name.short) && !withheld.has(name.long))
    }))
  };
}

type Row = Record<string, string | undefined>;

async function readTable(path: string): Promise<Row[]> {
  const text = await readFile(path, 'utf8');
  const firstLine = text.slice(0, text.indexOf('\n'));
  const delimiter = firstLine.includes(';') && !firstLine.includes(',') ? ';' : ',';
  return parse(text, { columns: true, bom: true, delimiter, relax_quotes: true, skip_empty_lines: true, trim: true });
}

/** The half of the held-out names that a name falls in, or null when it is indexed. */
function draw(key: string): 'tune' | 'test' | null {
  const hash = createHash('sha256').update(`terreau:${key}`).digest();
  if (hash.readUInt32BE(0) % 100 >= QUERY_SHARE_PERCENT) return null;
  return hash[8]! % 2 === 1 ? 'tune' : 'test';
}
