import type { PaperBlock, PaperDocument } from '@terreau/formats/document';

/** One kind of information of an export, in the words of its reader. */
export interface ToldTable {
  readonly title: string;
  /** Why it is kept, and how long. */
  readonly purpose: string;
  readonly about: readonly (readonly ToldLine[])[];
  readonly done: readonly (readonly ToldLine[])[];
  /** What to say when there is more than one export shows; null when there is not. */
  readonly more: string | null;
}

export interface ToldLine {
  readonly label: string;
  readonly value: string;
}

export interface ExportPaperWords {
  readonly title: string;
  readonly subtitle: string;
  readonly lead: string;
  /** Over the rows that somebody made or decided. */
  readonly done: string;
}

/** Everything that is kept about somebody, to be handed over on paper: one part per kind of information. */
export function exportPaper(
  tables: readonly ToldTable[],
  words: ExportPaperWords,
  language: 'fr' | 'en'
): PaperDocument {
  return {
    title: words.title,
    language,
    subtitle: words.subtitle,
    footer: words.title,
    blocks: [{ kind: 'paragraph', text: words.lead }, ...tables.flatMap((table) => tableBlocks(table, words.done))]
  };
}

function tableBlocks({ title, purpose, about, done, more }: ToldTable, doneTitle: string): PaperBlock[] {
  return [
    { kind: 'heading', level: 2, text: title },
    { kind: 'paragraph', text: purpose },
    ...rowBlocks(about),
    ...(done.length > 0 ? [{ kind: 'heading', level: 3, text: doneTitle } as const] : []),
    ...rowBlocks(done),
    ...(more ? [{ kind: 'notice', text: more } as const] : [])
  ];
}

/** One item per row: where one ends and the next begins is seen, and heard. */
function rowBlocks(rows: readonly (readonly ToldLine[])[]): PaperBlock[] {
  const items = rows.map((row) => row.map(({ label, value }) => `${label} : ${value}`).join('\n'));
  return items.length > 0 ? [{ kind: 'list', items }] : [];
}
