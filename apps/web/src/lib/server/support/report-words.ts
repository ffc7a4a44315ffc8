import type { ReportSection } from '@terreau/features/support/frozen-report.rules';
import { monthPaper } from '@terreau/features/support/month-paper.rules';
import {
  reportLines,
  reportPaper,
  type ToldFigure,
  type ToldReport,
  type ToldText
} from '@terreau/features/support/report-paper.rules';
import { writeCsv } from '@terreau/formats/write-csv';
import { formatLocalDate, formatNumber } from '#lib/formats.ts';
import { currentLanguage } from '#lib/languages.ts';
import { durationInWords } from '#lib/support/duration.ts';
import { m } from '#texts/messages.js';
import { paperResponse } from '../paper.ts';

/** An amount with its unit: « 12 h 30 », « 2 jours », « 14 ». */
export function amountInWords(amount: number | null, unit: 'count' | 'minutes' | 'days'): string {
  if (amount === null) return m.support_reports_none();
  if (unit === 'minutes') return durationInWords(amount);
  return unit === 'days' ? m.support_reports_days({ count: amount }) : formatNumber(amount);
}

/**
 * A report in the words of its reader. `nameOf`: what of the dossiers counted may be named. `others`: whether those
 * without a name are counted; outside, their number would say what a hidden figure does not.
 */
export function told(
  sections: readonly ReportSection[],
  nameOf: ReadonlyMap<string, string>,
  others: 'counted' | 'some'
): ToldReport {
  const language = currentLanguage();
  return {
    sections: sections.map((section) => ({
      title: section.title,
      narrowedTo: section.narrowedTo?.[language] ?? null,
      figures: section.figures.map((figure): ToldFigure => {
        const names = figure.dossierIds.flatMap((id) => nameOf.get(id) ?? []);
        const whole = (key: string | null) => figure.lines.find((line) => line.key === key);
        return {
          measure: figure.measure,
          label: figure.label[language],
          definition: figure.definition[language],
          denominator: m.support_reports_out_of_what({ what: figure.denominator[language] }),
          missing: figure.missing.map(({ label, count }) =>
            count === null
              ? m.support_reports_missing_few({ what: label[language] })
              : m.support_reports_missing({ what: label[language], count: formatNumber(count) })
          ),
          counted: names.toSorted((a, b) => a.localeCompare(b, language)),
          alsoCounted: others === 'counted' ? figure.dossierIds.length - names.length : null,
          lines: figure.lines.map((line) => {
            const of = whole(line.outOf);
            return {
              key: line.key,
              label: line.label[language],
              amount: line.value,
              unit: line.unit,
              isHidden: line.isHidden,
              value: line.isHidden ? m.support_reports_hidden() : amountInWords(line.value, line.unit),
              outOf:
                of?.value && line.unit === 'count' && !of.isHidden && !line.isHidden
                  ? m.support_reports_out_of({ count: amountInWords(of.value, of.unit) })
                  : ''
            };
          })
        };
      })
    }))
  };
}

export interface ToldPeriod {
  readonly from: string;
  readonly to: string;
}

/** « du 1 oct. 2026 au 31 oct. 2026 » */
export function periodInWords({ from, to }: ToldPeriod): string {
  return m.support_reports_period({ from: formatLocalDate(from), to: formatLocalDate(to) });
}

interface PaperOf extends ToldPeriod {
  readonly title: string;
  readonly by: string;
  readonly notice: string | null;
  readonly texts: readonly ToldText[];
}

/** A report as a file, from the same words as the page. */
export function reportPaperResponse(
  format: string,
  name: string,
  report: ToldReport,
  paper: PaperOf
): Promise<Response> {
  return paperResponse(format, name, reportPaper(report, paper.texts, paperWords(paper), currentLanguage()));
}

/** A month as a file that holds on one page. */
export function monthPaperResponse(
  format: string,
  name: string,
  report: ToldReport,
  paper: PaperOf
): Promise<Response> {
  const words = {
    ...paperWords(paper),
    time: m.support_reports_month_time(),
    others: m.support_reports_month_others()
  };
  return paperResponse(format, name, monthPaper(report, paper.texts, words, currentLanguage()));
}

function paperWords(paper: PaperOf) {
  return {
    title: paper.title,
    subtitle: [periodInWords(paper), paper.by].join(' · '),
    footer: paper.title,
    what: m.support_reports_what(),
    value: m.support_reports_figure(),
    outOf: m.support_reports_of(),
    figures: m.support_reports_figures(),
    definitions: m.support_reports_definitions(),
    notice: paper.notice
  };
}

/** The aggregates of a report as CSV. */
export function reportCsvResponse(name: string, report: ToldReport, period: ToldPeriod, isPublic = false): Response {
  const columns = m.support_reports_csv_columns().split(';');
  const words = { yes: m.support_reports_yes(), no: m.support_reports_no() };
  return new Response(writeCsv(columns, reportLines(report, period, words)), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.csv"`,
      'cache-control': 'private, no-store',
      ...(isPublic ? { 'x-robots-tag': 'noindex, nofollow' } : {})
    }
  });
}

/** Texts that somebody wrote; what is empty is left out. */
export function textsOf(texts: readonly (readonly [title: string, words: string | null])[]): ToldText[] {
  return texts.flatMap(([title, words]) => (words ? [{ title, words }] : []));
}
