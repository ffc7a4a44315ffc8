import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeadingLevel,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
  type FileChild
} from 'docx';
import { checkPaper, type PaperBlock, type PaperDocument, type PaperTable } from './document.ts';

/** A4, in twentieths of a point. */
const PAGE = { width: 11_906, height: 16_838 };
const MARGIN = 1_134;
const TEXT_WIDTH = PAGE.width - 2 * MARGIN;
const LEAF = '2F6B3F';
const LINE = 'C9D1CB';
const NUMBERED = 'numbered';

/**
 * The document as an editable file for Word and LibreOffice: real headings, lists, table headers and language. Throws
 * when a table's row does not fit its columns.
 */
export async function writeDocx(document: PaperDocument): Promise<Uint8Array> {
  checkPaper(document);
  const { title, language, subtitle = '', footer = '' } = document;
  const file = new Document({
    title,
    creator: 'Terreau',
    styles: {
      default: {
        document: {
          run: {
            font: 'Atkinson Hyperlegible Next',
            size: 21,
            language: { value: language === 'fr' ? 'fr-FR' : 'en-GB' }
          },
          paragraph: { spacing: { after: 120 } }
        },
        heading1: { run: { size: 36, bold: true } },
        heading2: { run: { size: 26, bold: true, color: LEAF }, paragraph: { spacing: { before: 260, after: 120 } } },
        heading3: { run: { size: 22, bold: true }, paragraph: { spacing: { before: 200, after: 100 } } }
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
    sections: [
      {
        properties: { page: { size: PAGE, margin: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN } } },
        footers: { default: pageFooter(footer) },
        children: [
          new Paragraph({ heading: HeadingLevel.HEADING_1, children: runs(title) }),
          ...(subtitle ? [new Paragraph({ children: runs(subtitle, { color: '4D5B53' }) })] : []),
          ...document.blocks.flatMap((block, index) => written(block, index, language))
        ]
      }
    ]
  });
  return new Uint8Array(await Packer.toArrayBuffer(file));
}

function pageFooter(words: string): Footer {
  const children = [words ? `${words} · ` : '', PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES];
  return new Footer({
    children: [new Paragraph({ children: [new TextRun({ children, size: 17, color: '4D5B53' })] })]
  });
}

function written(block: PaperBlock, index: number, language: 'fr' | 'en'): FileChild[] {
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
        writtenTable(block)
      ];
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

function writtenTable({ columns, rows, total }: PaperTable): Table {
  // Words take the room that figures leave.
  const shares = columns.map(({ numeric, share = 1 }) => (numeric ? 1 : 3 * share));
  const sum = shares.reduce((left, right) => left + right, 0);
  const widths = shares.map((share) => Math.floor((TEXT_WIDTH * share) / sum));
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
            margins: { top: 60, bottom: 60, left: 80, right: 80 },
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
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
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
