import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { checkPaper, type PaperBlock, type PaperDocument } from './document.ts';
import { PAPER_TEMPLATE } from './paper.typ.ts';

/** Compilations for which intermediate results are kept, to bound memory. */
const CACHE_MAX_AGE = 10;

/**
 * The document as tagged PDF/UA-1 (ISO 14289-1), A4. The same document gives the same bytes: no date is written in.
 * Throws when a table's row does not fit its columns.
 */
export function writePdf(document: PaperDocument): Uint8Array {
  checkPaper(document);
  const writer = (compiler ??= openCompiler());
  const bytes = writer.pdf(
    { mainFileContent: PAPER_TEMPLATE, inputs: { paper: JSON.stringify(complete(document)) }, resetRead: true },
    { pdfStandard: 'ua-1', creationTimestamp: 0 }
  );
  writer.evictCache(CACHE_MAX_AGE);
  return bytes;
}

let compiler: NodeCompiler | undefined;

function openCompiler(): NodeCompiler {
  const fonts = dirname(fileURLToPath(import.meta.resolve('@expo-google-fonts/atkinson-hyperlegible-next')));
  return NodeCompiler.create({ fontArgs: [{ fontPaths: [`${fonts}/400Regular`, `${fonts}/700Bold`] }] });
}

/** Every field present, as the template reads them. */
function complete(document: PaperDocument): object {
  const { title, language, subtitle = '', footer = '', isCompact = false, blocks } = document;
  // French typography puts a no-break space before a colon.
  const colon = language === 'fr' ? '\u00a0:' : ':';
  return { title, language, subtitle, footer, colon, compact: isCompact, blocks: blocks.map(completeBlock) };
}

function completeBlock(block: PaperBlock): object {
  if (block.kind === 'list') return { ...block, ordered: block.ordered ?? false };
  if (block.kind === 'beside') return { ...block, sides: block.sides.map((side) => side.map(completeBlock)) };
  if (block.kind !== 'table') return block;
  const columns = block.columns.map(({ label, numeric = false, share = 1 }) => ({ label, numeric, share }));
  return { ...block, columns, total: block.total ?? [] };
}
