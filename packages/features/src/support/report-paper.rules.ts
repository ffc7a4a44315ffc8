import type { PaperBlock, PaperDocument, PaperFact } from '@terreau/formats/document';

/** A report in the words of its reader, as the page, the paper and the table of figures all say it. */
export interface ToldReport {
  readonly sections: readonly ToldSection[];
}

export interface ToldSection {
  readonly title: string | null;
  readonly narrowedTo: string | null;
  readonly figures: readonly ToldFigure[];
}

export interface ToldFigure {
  readonly measure: string;
  readonly label: string;
  readonly definition: string;
  readonly denominator: string;
  readonly lines: readonly ToldLine[];
  readonly missing: readonly string[];
  /** Names of what was counted, and how many more are counted without being named; null when that is not told. */
  readonly counted: readonly string[];
  readonly alsoCounted: number | null;
}

export interface ToldLine {
  readonly key: string;
  readonly label: string;
  /** With its unit; the word that says that it is hidden. */
  readonly value: string;
  /** `sur 12`, or an empty text. */
  readonly outOf: string;
  readonly amount: number | null;
  readonly unit: 'count' | 'minutes' | 'days';
  readonly isHidden: boolean;
}

/** Words of a person beside the figures: a comment, what did not work, an answer to a funder's question. */
export interface ToldText {
  readonly title: string;
  readonly words: string;
}

export interface ReportPaperWords {
  readonly title: string;
  readonly subtitle: string;
  readonly footer: string;
  readonly what: string;
  readonly value: string;
  readonly outOf: string;
  readonly figures: string;
  readonly definitions: string;
  readonly notice: string | null;
}

/** A report on paper: figures first, then what people wrote, then what each figure means. */
export function reportPaper(
  report: ToldReport,
  texts: readonly ToldText[],
  words: ReportPaperWords,
  language: 'fr' | 'en'
): PaperDocument {
  return {
    title: words.title,
    language,
    subtitle: words.subtitle,
    footer: words.footer,
    blocks: [
      ...(words.notice ? [{ kind: 'notice', text: words.notice } as const] : []),
      ...report.sections.flatMap((section) => sectionBlocks(section, words)),
      ...texts.flatMap((text): PaperBlock[] => [
        { kind: 'heading', level: 2, text: text.title },
        { kind: 'paragraph', text: text.words }
      ]),
      { kind: 'heading', level: 2, text: words.definitions },
      { kind: 'facts', facts: definitionsOf(report, '\n') }
    ]
  };
}

function sectionBlocks(section: ToldSection, words: ReportPaperWords): PaperBlock[] {
  return [
    ...(section.title ? [{ kind: 'heading', level: 2, text: section.title } as const] : []),
    ...(section.narrowedTo ? [{ kind: 'paragraph', text: section.narrowedTo } as const] : []),
    {
      kind: 'table',
      caption: section.title ?? words.figures,
      columns: [{ label: words.what }, { label: words.value, numeric: true }, { label: words.outOf, numeric: true }],
      rows: section.figures.flatMap((figure) => figureRows(figure))
    }
  ];
}

/** One line for a figure that says one thing; else its name goes before each of its lines. Empty parts stay off the page. */
export function figureRows(figure: ToldFigure): string[][] {
  return figure.lines
    .filter((line, index) => index === 0 || line.isHidden || (line.amount ?? 0) > 0)
    .map((line, index) => [
      index === 0 ? `${figure.label} : ${lower(line.label)}` : line.label,
      line.value,
      line.outOf
    ]);
}

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** What each figure means, of what it is a part and what it lacks, `between` them. */
export function definitionsOf(report: ToldReport, between: ' ' | '\n'): PaperFact[] {
  const figures = new Map(report.sections.flatMap(({ figures: some }) => some).map((one) => [one.measure, one]));
  return [...figures.values()].map((figure) => ({
    label: figure.label,
    value: [figure.definition, figure.denominator, ...figure.missing].join(between)
  }));
}

export interface ReportCsvWords {
  readonly yes: string;
  readonly no: string;
}

/** The aggregates of a report, one line each: what a spreadsheet takes without anybody typing again. */
export function reportLines(
  report: ToldReport,
  period: { readonly from: string; readonly to: string },
  words: ReportCsvWords
) {
  return report.sections.flatMap((section) =>
    section.figures.flatMap((figure) =>
      figure.lines.map((line) => [
        section.title ?? '',
        section.narrowedTo ?? '',
        figure.label,
        line.label,
        line.amount === null ? '' : String(line.amount),
        line.unit,
        line.outOf,
        line.isHidden ? words.yes : words.no,
        period.from,
        period.to,
        figure.definition,
        figure.denominator,
        figure.missing.join(' · ')
      ])
    )
  );
}
