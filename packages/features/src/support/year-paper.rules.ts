import type { PaperBlock, PaperDocument } from '@terreau/formats/document';

/** A structure's year in the words of its reader, as the page and the paper both say it. */
export interface ToldYear {
  readonly title: string;
  readonly subtitle: string;
  readonly notice: string | null;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly parts: readonly ToldPart[];
}

export interface ToldPart {
  readonly key: string;
  readonly title: string;
  /** What stands there when there is nothing else to say. */
  readonly empty: string;
  readonly lines: readonly string[];
  readonly table: { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] } | null;
  /** How it was counted. */
  readonly how: string;
}

/** A structure's year on paper, in the order of the page. */
export function yearPaper(year: ToldYear, language: 'fr' | 'en'): PaperDocument {
  return {
    title: year.title,
    language,
    subtitle: year.subtitle,
    footer: year.title,
    blocks: [
      ...(year.notice ? [{ kind: 'notice', text: year.notice } as const] : []),
      { kind: 'facts', facts: year.facts },
      ...year.parts.flatMap(partBlocks)
    ]
  };
}

function partBlocks({ title, empty, lines, table, how }: ToldPart): PaperBlock[] {
  const isEmpty = lines.length === 0 && (table?.rows.length ?? 0) === 0;
  return [
    { kind: 'heading', level: 2, text: title },
    ...(isEmpty ? [{ kind: 'paragraph', text: empty } as const] : []),
    ...(table && table.rows.length > 0
      ? [
          {
            kind: 'table',
            caption: title,
            columns: table.columns.map((label, index) => ({ label, numeric: index > 0 })),
            rows: table.rows
          } as const
        ]
      : []),
    ...(lines.length > 0 ? [{ kind: 'list', items: lines } as const] : []),
    { kind: 'paragraph', text: how }
  ];
}
