import { isPaperFormat, writeDocx, writePdf, type PaperDocument } from '@terreau/formats/document';
import { error } from '@sveltejs/kit';

const CONTENT_TYPES = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
} as const;

/**
 * Answers a document as a file. For a route `…/paper/[paper]`, whose last part (`pdf` or `docx`) is `format`; anything
 * else is not found. `name` is the file's, without extension: plain letters, digits and hyphens.
 */
export async function paperResponse(format: string, name: string, document: PaperDocument): Promise<Response> {
  if (!isPaperFormat(format)) error(404);
  const bytes = format === 'pdf' ? writePdf(document) : await writeDocx(document);
  return new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: {
      'content-type': CONTENT_TYPES[format],
      'content-disposition': `attachment; filename="${name}.${format}"`,
      'cache-control': 'private, no-store'
    }
  });
}
