import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';

export const DOCUMENT_MAX_BYTES = 10_000_000;
export const DOSSIER_DOCUMENTS_MAX_BYTES = 100_000_000;
export const DOSSIER_DOCUMENTS_MAX_COUNT = 200;
export const DOCUMENT_NAME_MAX_CHARACTERS = 160;

/** What a document may be, with the end of its name. Pictures are kept as WebP, whatever they came as. */
export const DOCUMENT_TYPES = {
  'application/pdf': 'pdf',
  'image/webp': 'webp',
  'text/plain': 'txt',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods',
  'application/vnd.oasis.opendocument.presentation': 'odp'
} as const;
export type DocumentType = keyof typeof DOCUMENT_TYPES;

export type DocumentProblem = 'document-missing' | 'document-too-heavy' | 'document-type-refused';

/**
 * What a file is, by its content: what its name or a browser says is not believed. `picture` is still to be re-encoded.
 * Office files that hold a program are refused with everything else.
 */
export function checkDocument(bytes: Uint8Array): Verdict<DocumentType | 'picture', DocumentProblem> {
  if (bytes.length === 0) return refuse('document-missing');
  if (bytes.length > DOCUMENT_MAX_BYTES) return refuse('document-too-heavy', { max: DOCUMENT_MAX_BYTES });
  const type = typeOf(bytes);
  return type ? accept(type) : refuse('document-type-refused');
}

/** The name to show and to download: the one given, without its folders, ending as what it is. */
export function documentName(given: string, type: DocumentType): string {
  const end = DOCUMENT_TYPES[type];
  const plain = given
    .normalize('NFC')
    .replace(/^.*[/\\]/s, '')
    .replace(/[\p{Cc}\p{Cf}"<>|:*?]/gu, '')
    .trim();
  const stem = plain.replace(/\.[a-z0-9]{1,5}$/i, '').slice(0, DOCUMENT_NAME_MAX_CHARACTERS - 8) || 'document';
  return `${stem}.${end}`;
}

function typeOf(bytes: Uint8Array): DocumentType | 'picture' | null {
  const head = ascii(bytes, 0, 12);
  if (head.startsWith('%PDF-')) return 'application/pdf';
  if (head.startsWith('\u00ff\u00d8\u00ff') || head.startsWith('\u0089PNG\r\n\u001a\n')) return 'picture';
  if (head.startsWith('RIFF') && head.slice(8) === 'WEBP') return 'picture';
  if (head.startsWith('PK\u0003\u0004')) return officeType(bytes);
  return isPlainText(bytes) ? 'text/plain' : null;
}

const OPEN_DOCUMENT = 'mimetypeapplication/vnd.oasis.opendocument.';

/** OpenDocument says what it is in its first entry, uncompressed; Office Open XML by the folder of its main part. */
function officeType(bytes: Uint8Array): DocumentType | null {
  const first = ascii(bytes, 30, 120);
  if (first.startsWith(OPEN_DOCUMENT)) {
    const kind = /^(text|spreadsheet|presentation)(?![a-z-])/.exec(first.slice(OPEN_DOCUMENT.length))?.[1];
    const names = namesInZip(bytes);
    const holdsProgram = names?.some((name) => /^(Basic|Scripts)\//.test(name)) ?? true;
    return kind && !holdsProgram ? (`application/vnd.oasis.opendocument.${kind}` as DocumentType) : null;
  }
  const names = namesInZip(bytes);
  if (!names?.includes('[Content_Types].xml') || names.some((name) => /vbaProject|activeX/i.test(name))) return null;
  const has = (name: string) => names.includes(name);
  if (has('word/document.xml')) return 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
  if (has('xl/workbook.xml')) return 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  if (has('ppt/presentation.xml')) return 'application/vnd.openxmlformats-officedocument.presentationml.presentation';
  return null;
}

const ZIP_NAMES_MAX_COUNT = 5000;
const END_OF_ZIP = 0x06054b50;
const ENTRY_OF_ZIP = 0x02014b50;
const END_OF_ZIP_BYTES = 22;
const ENTRY_OF_ZIP_BYTES = 46;
const ZIP_COMMENT_MAX_BYTES = 0xffff;

/** The names in the central directory of a ZIP file; null when it has none that can be read. */
function namesInZip(bytes: Uint8Array): string[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const lowest = Math.max(0, bytes.length - END_OF_ZIP_BYTES - ZIP_COMMENT_MAX_BYTES);
  let end = bytes.length - END_OF_ZIP_BYTES;
  while (end >= lowest && view.getUint32(end, true) !== END_OF_ZIP) end -= 1;
  if (end < lowest) return null;
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const names: string[] = [];
  for (let entry = 0; entry < Math.min(count, ZIP_NAMES_MAX_COUNT); entry += 1) {
    if (at + ENTRY_OF_ZIP_BYTES > bytes.length || view.getUint32(at, true) !== ENTRY_OF_ZIP) return null;
    const length = view.getUint16(at + 28, true);
    names.push(ascii(bytes, at + ENTRY_OF_ZIP_BYTES, length));
    at += ENTRY_OF_ZIP_BYTES + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return names;
}

/** UTF-8 without control characters, and nothing that a browser could take for a page. */
function isPlainText(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return !/(?![\t\n\f\r])\p{Cc}/u.test(text) && !/^\s*<(!doctype|html|svg|script|\?xml)/i.test(text);
  } catch {
    return false;
  }
}

function ascii(bytes: Uint8Array, from: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(from, from + length));
}
