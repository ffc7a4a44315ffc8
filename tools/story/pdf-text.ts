import { inflateSync } from 'node:zlib';

/**
 * The words of a PDF printed by Chromium, in the order in which they were drawn, one line per run of text. Enough to
 * check that something is on the paper; it reads what Chromium writes and no other kind of PDF.
 */
export function textOfPdf(pdf: Buffer): string {
  const objects = objectsOf(pdf);
  const fonts = new Map<string, Font>();
  for (const [id, { head }] of objects) {
    const map = /\/ToUnicode (\d+) 0 R/.exec(head)?.[1];
    if (map) fonts.set(`F${id}`, glyphsOf(objects.get(map)?.stream ?? ''));
  }
  const drawn = [...objects.values()].filter(({ stream }) => /\bTf\b/.test(stream)).map(({ stream }) => stream);
  return drawn.map((stream) => words(stream, fonts)).join('\n');
}

interface PdfObject {
  head: string;
  /** Inflated; empty where the object has none. */
  stream: string;
}

function objectsOf(pdf: Buffer): Map<string, PdfObject> {
  const text = pdf.toString('latin1');
  const objects = new Map<string, PdfObject>();
  for (const match of text.matchAll(/(?:^|\n)(\d+) 0 obj\s([\s\S]*?)(?:stream\r?\n|endobj)/g)) {
    const [whole, id = '', head = ''] = match;
    const start = (match.index ?? 0) + whole.length;
    const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0);
    objects.set(id, {
      head,
      stream: whole.endsWith('endobj') ? '' : inflated(pdf.subarray(start, start + length), head)
    });
  }
  return objects;
}

function inflated(bytes: Buffer, head: string): string {
  if (!head.includes('/FlateDecode')) return bytes.toString('latin1');
  try {
    return inflateSync(bytes).toString('latin1');
  } catch {
    return '';
  }
}

interface Font {
  glyphs: ReadonlyMap<number, string>;
  /** Hexadecimal digits per glyph: two for outlines drawn one by one, four for a font that is embedded whole. */
  digits: number;
}

/** Which signs a font's glyphs stand for, from its ToUnicode map. */
function glyphsOf(map: string): Font {
  const glyphs = new Map<number, string>();
  const digits = /begincodespacerange\s*<([0-9A-F]+)>/i.exec(map)?.[1]?.length ?? 4;
  for (const [, lines = ''] of map.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
    for (const [, from = '', to = ''] of lines.matchAll(/<([0-9A-F]+)>\s*<([0-9A-F]+)>/gi)) {
      glyphs.set(parseInt(from, 16), utf16(to));
    }
  }
  for (const [, lines = ''] of map.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, from = '', until = '', to = ''] of lines.matchAll(
      /<([0-9A-F]+)>\s*<([0-9A-F]+)>\s*<([0-9A-F]+)>/gi
    )) {
      const first = parseInt(from, 16);
      for (let glyph = first; glyph <= parseInt(until, 16); glyph += 1) {
        glyphs.set(glyph, String.fromCodePoint(parseInt(to, 16) + glyph - first));
      }
    }
  }
  return { glyphs, digits };
}

function utf16(hex: string): string {
  return (hex.match(/.{4}/g) ?? []).map((unit) => String.fromCharCode(parseInt(unit, 16))).join('');
}

function words(stream: string, fonts: ReadonlyMap<string, Font>): string {
  const unknown: Font = { glyphs: new Map(), digits: 4 };
  let font = unknown;
  let text = '';
  for (const [token, name, run] of stream.matchAll(/\/(F\d+) [\d.]+ Tf|<([0-9A-F]+)>|\bET\b/gi)) {
    if (name) font = fonts.get(name) ?? unknown;
    else if (token === 'ET') text += '\n';
    for (let at = 0; run && at < run.length; at += font.digits) {
      text += font.glyphs.get(parseInt(run.slice(at, at + font.digits), 16)) ?? '';
    }
  }
  return text;
}
