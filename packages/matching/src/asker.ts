import type { LocalDate } from '@terreau/kernel/instants';
import type { Point } from './distance.ts';
import type { AreaLevel, SupportKind } from './support.ts';

/** Further themes of one asker are not read: beyond ten subjects, nothing is the subject. */
export const ASKER_THEMES_MAX = 10;
/** The weight of a theme that the asker confirmed as what the project is about. */
export const THEME_WEIGHT_MAX = 1000;

/** A project or a request, as far as it was told. `null` is "not told", and gives answers to be checked. */
export interface Asker {
  /** Empty: anything that helps. */
  readonly kinds: readonly SupportKind[];
  /** Weights are integers from 1 to {@link THEME_WEIGHT_MAX}; each code once. */
  readonly themes: readonly { readonly code: string; readonly weight: number }[];
  /** Whom the project is for. Empty: not told. */
  readonly publics: readonly string[];
  /** The languages in which the person can be answered. Empty: not asked about. */
  readonly languages: readonly string[];
  /** Features of access that are needed. */
  readonly accessibility: readonly string[];
  /** `null`: not told. An empty list of `qpv`: in none. */
  readonly areas: Readonly<Record<AreaLevel, readonly string[] | null>>;
  readonly point: Point | null;
  readonly legalForm: string | null;
  readonly ageMonths: number | null;
  readonly employees: number | null;
  readonly budgetCents: number | null;
  /** When the help is needed. */
  readonly date: LocalDate;
}
