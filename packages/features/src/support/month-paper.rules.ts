import type { PaperBlock, PaperDocument, PaperFact } from '@terreau/formats/document';
import {
  definitionsOf,
  figureRows,
  type ReportPaperWords,
  type ToldFigure,
  type ToldReport,
  type ToldText
} from './report-paper.rules.ts';

export interface MonthPaperWords extends ReportPaperWords {
  /** Over what is counted in hours, and over what is not. */
  readonly time: string;
  readonly others: string;
}

/**
 * A facilitator's month on one page: hours beside all else, then what was written, then what each figure means. When a
 * month is so full that it does not hold, definitions are what goes over to a second page.
 */
export function monthPaper(
  report: ToldReport,
  texts: readonly ToldText[],
  words: MonthPaperWords,
  language: 'fr' | 'en'
): PaperDocument {
  const figures = report.sections.flatMap((section) => section.figures);
  return {
    title: words.title,
    language,
    subtitle: words.subtitle,
    footer: words.footer,
    isCompact: true,
    blocks: [
      ...(words.notice ? [{ kind: 'notice', text: words.notice } as const] : []),
      {
        kind: 'beside',
        sides: [
          [figuresTable(words.time, figures.filter(isTime), words)],
          [
            figuresTable(
              words.others,
              figures.filter((figure) => !isTime(figure)),
              words
            )
          ]
        ]
      },
      ...texts.flatMap((text): PaperBlock[] => [
        { kind: 'heading', level: 2, text: text.title },
        { kind: 'paragraph', text: text.words }
      ]),
      { kind: 'heading', level: 2, text: words.definitions },
      { kind: 'beside', sides: halves(definitionsOf(report, ' ')) }
    ]
  };
}

const isTime = ({ lines }: ToldFigure) => lines[0]?.unit === 'minutes';

/** The lines of a figure stand a little inside of it. */
function figuresTable(caption: string, figures: readonly ToldFigure[], words: ReportPaperWords): PaperBlock {
  return {
    kind: 'table',
    caption,
    columns: [{ label: words.what }, { label: words.value, numeric: true }, { label: words.outOf, numeric: true }],
    rows: figures.flatMap((figure) =>
      figureRows(figure).map(([label, ...amounts], index) => [index === 0 ? label! : `\u2003${label}`, ...amounts])
    )
  };
}

/** Two columns of about the same length, in the order of the figures. */
function halves(facts: readonly PaperFact[]): [PaperBlock[], PaperBlock[]] {
  const lengths = facts.map(({ label, value }) => label.length + value.length);
  const whole = lengths.reduce((sum, length) => sum + length, 0);
  let before = 0;
  const isLeft = lengths.map((length) => {
    const middle = before + length / 2;
    before += length;
    return middle <= whole / 2;
  });
  const side = (left: boolean): PaperBlock[] => [
    { kind: 'facts', facts: facts.filter((_, at) => isLeft[at] === left) }
  ];
  return [side(true), side(false)];
}
