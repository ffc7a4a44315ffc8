export { PAPER_FORMATS, isPaperFormat } from './document.ts';
export type { PaperBlock, PaperDocument, PaperFact, PaperFormat, PaperTable } from './document.ts';
export { writeDocx } from './write-docx.ts';
export { writePdf } from './write-pdf.ts';
