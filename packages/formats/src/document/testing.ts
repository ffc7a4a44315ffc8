import { strFromU8, unzipSync } from 'fflate';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** What a reading program finds in a PDF. */
export interface ReadPdf {
  readonly title: string;
  readonly language: string;
  readonly isTagged: boolean;
  /** Part of PDF/UA that the file claims to keep; null for none. */
  readonly accessibility: string | null;
  readonly pages: readonly {
    /** In reading order, spaces as one. */
    readonly words: string;
    /** The role of each tag, in reading order: `H1`, `P`, `TH`… */
    readonly roles: readonly string[];
  }[];
}

/** Reads back a PDF, for tests. Throws when the file is none. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const { info, metadata } = await pdf.getMetadata();
  const about = info as { Title?: string; Language?: string };
  const marks = (await pdf.getMarkInfo()) as unknown as Map<string, boolean> | null;
  const pages = await Promise.all(
    Array.from({ length: pdf.numPages }, async (_, index) => {
      const page = await pdf.getPage(index + 1);
      const content = await page.getTextContent();
      const words = content.items.map((item) => ('str' in item ? item.str : '')).join(' ');
      return {
        words: words.replaceAll(/\s+/g, ' ').trim(),
        roles: rolesOf((await page.getStructTree()) as Tag | null)
      };
    })
  );
  return {
    title: about.Title ?? '',
    language: about.Language ?? '',
    isTagged: marks?.get('Marked') ?? false,
    accessibility: (metadata?.get('pdfuaid:part') as string | undefined) ?? null,
    pages
  };
}

interface Tag {
  readonly role?: string;
  readonly children?: readonly Tag[];
}

function rolesOf(tag: Tag | null): string[] {
  return [...(tag?.role ? [tag.role] : []), ...(tag?.children ?? []).flatMap(rolesOf)];
}

/** The text of one part of a DOCX, such as `word/document.xml`, for tests. Throws when there is no such part. */
export function readDocxPart(bytes: Uint8Array, name: string): string {
  const part = unzipSync(bytes)[name];
  if (!part) throw new Error(`no ${name} in the document`);
  return strFromU8(part);
}
