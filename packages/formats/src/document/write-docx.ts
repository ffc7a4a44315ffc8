import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeadingLevel,
  LevelFormat,
  ColumnBreak,
  Packer,
  PageNumber,
  Paragraph,
  SectionType,
  ShadingType,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
  type FileChild,
  type ISectionOptions
} from 'docx';
import { checkPaper, type PaperBlock, type PaperDocument, type PaperTable } from './document.ts';

/** A4, in twentieths of a point. */
const PAGE = { width: 11_906, height: 16_838 };
/** What a usual paper measures, and what one that must hold on a page does: twentieths and halves of a point. */
const USUAL = { margin: 1_134, text: 21, title: 36, heading: 26, part: 22, after: 120, cell: 60 };
const COMPACT: typeof USUAL = { margin: 850, text: 18, title: 30, heading: 22, part: 20, after: 60, cell: 20 };
const GUTTER = 454;
const LEAF = '2F6B3F';
const LINE = 'C9D1CB';
const NUMBERED = 'numbered';

/**
 * The document as an editable file for Word and LibreOffice: real headings, lists, table headers and language. Throws
 * when a table's row does not fit its columns.
 */
export async function writeDocx(document: PaperDocument): Promise<Uint8Array> {
  checkPaper(document);
  const { title, language, subtitle = '', isCompact = false } = document;
  const size = isCompact ? COMPACT : USUAL;
  const lead = [
    new Paragraph({ heading: HeadingLevel.HEADING_1, children: runs(title) }),
    ...(subtitle ? [new Paragraph({ children: runs(subtitle, { color: '4D5B53' }) })] : [])
  ];
  const file = new Document({
    title,
    creator: 'Terreau',
    styles: {
      default: {
        document: {
          run: {
            font: 'Atkinson Hyperlegible Next',
            size: size.text,
            language: { value: language === 'fr' ? 'fr-FR' : 'en-GB' }
          },
          paragraph: { spacing: { after: size.after } }
        },
        heading1: { run: { size: size.title, bold: true } },
        heading2: {
          run: { size: size.heading, bold: true, color: LEAF },
          paragraph: { spacing: { before: 2 * size.after, after: size.after } }
        },
        heading3: {
          run: { size: size.part, bold: true },
          paragraph: { spacing: { before: 2 * size.after, after: size.after } }
        }
      }
    },
    numbering: {
      config: [
        {
          reference: NUMBERED,
          levels: [
            {
              level: 0,
              format: LevelFormat.DECIMAL,
              text: '%1.',
              style: { paragraph: { indent: { left: 360, hanging: 360 } } }
            }
          ]
        }
      ]
    },
    sections: sectionsOf(document, lead, size)
  });
  return new Uint8Array(await Packer.toArrayBuffer(file));
}

type Sizes = typeof USUAL;

/** What stands in two columns is a section of its own on the same page. */
function sectionsOf(
  { blocks, language, footer = '' }: PaperDocument,
  lead: FileChild[],
  size: Sizes
): ISectionOptions[] {
  const page = { size: PAGE, margin: { top: size.margin, bottom: size.margin, left: size.margin, right: size.margin } };
  const room = PAGE.width - 2 * size.margin;
  const half = Math.floor((room - GUTTER) / 2);
  const sections: { isBeside: boolean; children: FileChild[] }[] = [{ isBeside: false, children: lead }];
  blocks.forEach((block, index) => {
    if (block.kind === 'beside') {
      const [left, right] = block.sides.map((side) =>
        side.flatMap((one, at) => written(one, index * 100 + at, { language, size, room: half }))
      );
      const over = new Paragraph({ children: [new ColumnBreak()] });
      sections.push({ isBeside: true, children: [...left!, over, ...right!] });
      return;
    }
    if (sections.at(-1)!.isBeside) sections.push({ isBeside: false, children: [] });
    sections.at(-1)!.children.push(...written(block, index, { language, size, room }));
  });
  return sections.map(({ isBeside, children }, index) => ({
    properties: {
      page,
      ...(index > 0 ? { type: SectionType.CONTINUOUS } : {}),
      ...(isBeside ? { column: { count: 2, space: GUTTER } } : {})
    },
    footers: { default: pageFooter(footer) },
    children
  }));
}

function pageFooter(words: string): Footer {
  const children = [words ? `${words} · ` : '', PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES];
  return new Footer({
    children: [new Paragraph({ children: [new TextRun({ children, size: 17, color: '4D5B53' })] })]
  });
}

interface Place {
  readonly language: 'fr' | 'en';
  readonly size: Sizes;
  /** Width of the column, in twentieths of a point. */
  readonly room: number;
}

function written(block: PaperBlock, index: number, place: Place): FileChild[] {
  const { language } = place;
  switch (block.kind) {
    case 'heading':
      return [
        new Paragraph({
          heading: block.level === 2 ? HeadingLevel.HEADING_2 : HeadingLevel.HEADING_3,
          children: runs(block.text)
        })
      ];
    case 'paragraph':
      return [new Paragraph({ children: runs(block.text) })];
    case 'list':
      return block.items.map(
        (item) =>
          new Paragraph({
            children: runs(item),
            // Each ordered list counts from one.
            ...(block.ordered
              ? { numbering: { reference: NUMBERED, level: 0, instance: index } }
              : { bullet: { level: 0 } })
          })
      );
    case 'facts':
      return block.facts.map(
        ({ label, value }) =>
          new Paragraph({
            children: [...runs(`${label}${language === 'fr' ? '\u00a0:' : ':'} `, { bold: true }), ...runs(value)]
          })
      );
    case 'table':
      return [
        new Paragraph({ keepNext: true, spacing: { before: 160 }, children: runs(block.caption, { bold: true }) }),
        writtenTable(block, place)
      ];
    case 'beside':
      return block.sides.flat().flatMap((one) => written(one, index, place));
    case 'notice':
      return [
        new Paragraph({
          children: runs(block.text),
          indent: { left: 160 },
          border: { left: { style: BorderStyle.SINGLE, size: 18, space: 6, color: LEAF } }
        })
      ];
    case 'lines':
      return Array.from(
        { length: block.count },
        () =>
          new Paragraph({
            spacing: { before: 320 },
            border: { bottom: { style: BorderStyle.SINGLE, size: 4, space: 1, color: LINE } }
          })
      );
    case 'page-break':
      return [new Paragraph({ pageBreakBefore: true })];
  }
}

function writtenTable({ columns, rows, total }: PaperTable, { size, room }: Place): Table {
  // Words take the room that figures leave.
  const shares = columns.map(({ numeric, share = 1 }) => (numeric ? 1 : 3 * share));
  const sum = shares.reduce((left, right) => left + right, 0);
  const widths = shares.map((share) => Math.floor((room * share) / sum));
  const line = { style: BorderStyle.SINGLE, size: 4, color: LINE };
  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
  const row = (cells: readonly string[], more: { bold?: boolean; isHeader?: boolean; isTotal?: boolean } = {}) =>
    new TableRow({
      tableHeader: more.isHeader ?? false,
      cantSplit: true,
      children: cells.map(
        (cell, at) =>
          new TableCell({
            width: { size: widths[at]!, type: WidthType.DXA },
            margins: { top: size.cell, bottom: size.cell, left: 80, right: 80 },
            ...(more.isTotal ? { shading: { type: ShadingType.CLEAR, fill: 'EEF3EE' } } : {}),
            children: [
              new Paragraph({
                spacing: { after: 0 },
                alignment: columns[at]!.numeric ? AlignmentType.RIGHT : AlignmentType.LEFT,
                children: runs(cell, { bold: more.bold ?? false })
              })
            ]
          })
      )
    });
  return new Table({
    width: { size: room, type: WidthType.DXA },
    columnWidths: widths,
    borders: { top: line, bottom: line, insideHorizontal: line, left: none, right: none, insideVertical: none },
    rows: [
      row(
        columns.map(({ label }) => label),
        { bold: true, isHeader: true }
      ),
      ...rows.map((cells) => row(cells)),
      ...(total ? [row(total, { bold: true, isTotal: true })] : [])
    ]
  });
}

/** A text as runs, one line each. XML refuses control characters: they are left out. */
function runs(text: string, style: { bold?: boolean; color?: string } = {}): TextRun[] {
  return text
    .split('\n')
    .map(
      (line, at) => new TextRun({ text: line.replace(/[^\P{Cc}\t]/gu, ''), ...style, ...(at > 0 ? { break: 1 } : {}) })
    );
}
