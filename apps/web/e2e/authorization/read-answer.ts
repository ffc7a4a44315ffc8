import { inflateRawSync } from 'node:zlib';
import { readPdf } from '@terreau/formats/document-testing';

const LOCAL_FILE = 0x04034b50;
const DEFLATED = 8;

/** Everything that can be read in an answer: a page as it is, a PDF as its text, and each file of an office document. */
export async function wordsIn(body: Buffer): Promise<string> {
  if (body.subarray(0, 4).toString('latin1') === '%PDF') {
    // A file that only begins like one is read as it is.
    const read = await readPdf(body).catch(() => null);
    return read ? read.pages.map((page) => page.words).join('\n') : body.toString('latin1');
  }
  return body.length > 4 && body.readUInt32LE(0) === LOCAL_FILE ? filesOf(body) : body.toString('utf8');
}

/** The files of a ZIP, one after the other, from its central directory. */
function filesOf(zip: Buffer): string {
  const texts: string[] = [];
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, bytes, start] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 42)];
    const begins = start + 30 + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28);
    const packed = zip.subarray(begins, begins + bytes);
    texts.push((method === DEFLATED ? inflateRawSync(packed) : packed).toString('utf8'));
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return texts.join('\n');
}
