import type { Cents } from '@terreau/kernel/money';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';

/** Above this gap between what was forecast and what came, the report says why. */
export const GAP_EXPLAINED_PERCENT = 10;

export interface ReportedAmount {
  readonly label: string;
  /** Zero for what nobody had forecast. */
  readonly forecast: Cents;
  /** Null: not told yet. */
  readonly actual: Cents | null;
  readonly explanation: string | null;
}

/** What came less what was forecast, and as a share of the forecast; no share of nothing. */
export function gapOf({ forecast, actual }: Pick<ReportedAmount, 'forecast' | 'actual'>): {
  readonly cents: Cents;
  readonly share: number | null;
} {
  const cents = (actual ?? 0) - forecast;
  return { cents, share: forecast === 0 ? null : cents / forecast };
}

/** Whether the gap asks for an explanation: more than a tenth of the forecast, counted in whole cents. */
export function asksWhy({ forecast, actual }: Pick<ReportedAmount, 'forecast' | 'actual'>): boolean {
  return actual !== null && Math.abs(actual - forecast) * 100 > GAP_EXPLAINED_PERCENT * forecast;
}

export type ReportRefusal = 'actual-missing' | 'explanation-missing' | 'report-empty';

/** Whether the report may be closed; otherwise the line that lacks something, in `details.label`. */
export function checkReport(lines: readonly ReportedAmount[]): Verdict<undefined, ReportRefusal> {
  if (lines.length === 0) return refuse('report-empty');
  const untold = lines.find((line) => line.actual === null);
  if (untold) return refuse('actual-missing', { label: untold.label });
  const unexplained = lines.find((line) => asksWhy(line) && !line.explanation?.trim());
  return unexplained ? refuse('explanation-missing', { label: unexplained.label }) : accept();
}
