import type { PaperBlock, PaperDocument } from '@terreau/formats/document';
import { SIDES, sideOf, type Side } from './accounts.rules.ts';
import type { FinancialReport } from './find-financial-report.query.ts';
import { gapOf } from './financial-report.rules.ts';

/** The words and the writing of figures of the page's language. */
export interface ReportWords {
  readonly title: string;
  readonly about: string;
  readonly footer: string;
  readonly notSent: string;
  readonly side: (side: Side) => string;
  readonly columns: {
    readonly line: string;
    readonly forecast: string;
    readonly actual: string;
    readonly gap: string;
    readonly share: string;
  };
  readonly total: string;
  readonly explanations: string;
  readonly texts: { readonly done: string; readonly public: string; readonly effects: string };
  readonly untold: string;
  readonly euros: (cents: number) => string;
  readonly percent: (share: number) => string;
}

/** The financial report as a paper: what was done, then the table of each side, then why the gaps. */
export function financialReportPaper(
  report: FinancialReport,
  words: ReportWords,
  language: 'fr' | 'en'
): PaperDocument {
  const texts = (['done', 'public', 'effects'] as const).flatMap((key): PaperBlock[] => {
    const text = report.texts[key];
    const heading: PaperBlock = { kind: 'heading', level: 2, text: words.texts[key] };
    return [heading, text ? { kind: 'paragraph', text } : { kind: 'lines', count: 3 }];
  });
  const explained = report.lines.filter((line) => line.explanation);
  return {
    title: words.title,
    language,
    subtitle: words.about,
    footer: words.footer,
    blocks: [
      ...texts,
      ...SIDES.flatMap((side) => sideTable(report, side, words)),
      ...(explained.length > 0
        ? ([
            { kind: 'heading', level: 2, text: words.explanations },
            { kind: 'list', items: explained.map((line) => `${line.label} : ${line.explanation}`) }
          ] satisfies PaperBlock[])
        : []),
      { kind: 'notice', text: words.notSent }
    ]
  };
}

function sideTable(report: FinancialReport, side: Side, words: ReportWords): PaperBlock[] {
  const lines = report.lines.filter((line) => sideOf(line.account) === side);
  if (lines.length === 0) return [];
  const { line, forecast, actual, gap, share } = words.columns;
  const cellsOf = (amounts: { readonly forecast: number; readonly actual: number | null }) => {
    const found = gapOf(amounts);
    return [
      words.euros(amounts.forecast),
      amounts.actual === null ? words.untold : words.euros(amounts.actual),
      amounts.actual === null ? '' : words.euros(found.cents),
      amounts.actual === null || found.share === null ? '' : words.percent(found.share)
    ];
  };
  const numeric = (label: string) => ({ label, numeric: true });
  return [
    {
      kind: 'table',
      caption: words.side(side),
      columns: [{ label: line }, numeric(forecast), numeric(actual), numeric(gap), numeric(share)],
      rows: lines.map((one) => [`${one.account} · ${one.label}`, ...cellsOf(one)]),
      total: [words.total, ...cellsOf({ forecast: report.forecast[side], actual: report.actual[side] })]
    }
  ];
}
