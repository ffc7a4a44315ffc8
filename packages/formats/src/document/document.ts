/**
 * What is printed, mailed or edited elsewhere: a short accessible document, described once and written as PDF
 * (`write-pdf.ts`) or as DOCX (`write-docx.ts`). All texts are plain: nothing in them is read as markup.
 */
export interface PaperDocument {
  readonly title: string;
  readonly language: 'fr' | 'en';
  /** Under the title: whose it is, of which day. */
  readonly subtitle?: string;
  /** At the foot of each page, before its number. */
  readonly footer?: string;
  /** Smaller and closer, still read without effort: what would take two pages holds on one. */
  readonly isCompact?: boolean;
  readonly blocks: readonly PaperBlock[];
}

/** A new line in a text stays one. */
export type PaperBlock =
  | { readonly kind: 'heading'; readonly level: 2 | 3; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[]; readonly ordered?: boolean }
  | { readonly kind: 'facts'; readonly facts: readonly PaperFact[] }
  | PaperTable
  /** Two columns; the left one is read first. */
  | { readonly kind: 'beside'; readonly sides: readonly [readonly PaperBlock[], readonly PaperBlock[]] }
  /** Something that must not be overlooked. */
  | { readonly kind: 'notice'; readonly text: string }
  /** Empty lines, to be written on by hand. */
  | { readonly kind: 'lines'; readonly count: number }
  | { readonly kind: 'page-break' };

export interface PaperFact {
  readonly label: string;
  readonly value: string;
}

export interface PaperColumn {
  readonly label: string;
  /** As wide as its longest text, and to the right. */
  readonly numeric?: boolean;
  /** What it takes of the room that figures leave, beside the other columns of words; 1 unless said. */
  readonly share?: number;
}

/** Each row has one text per column. */
export interface PaperTable {
  readonly kind: 'table';
  readonly caption: string;
  readonly columns: readonly PaperColumn[];
  readonly rows: readonly (readonly string[])[];
  /** Last row, set apart. */
  readonly total?: readonly string[];
}

export const PAPER_FORMATS = ['pdf', 'docx'] as const;
export type PaperFormat = (typeof PAPER_FORMATS)[number];

export function isPaperFormat(text: string): text is PaperFormat {
  return (PAPER_FORMATS as readonly string[]).includes(text);
}

/** Throws when a table's row does not have one text per column: a mistake of whoever built the document. */
export function checkPaper(document: PaperDocument): void {
  checkBlocks(document.blocks);
}

function checkBlocks(blocks: readonly PaperBlock[]): void {
  for (const block of blocks) {
    if (block.kind === 'beside') block.sides.forEach(checkBlocks);
    if (block.kind !== 'table') continue;
    const wrong = [...block.rows, ...(block.total ? [block.total] : [])].find(
      (row) => row.length !== block.columns.length
    );
    if (wrong) throw new Error(`a row of "${block.caption}" has ${wrong.length} cells of ${block.columns.length}`);
  }
}
