import type { LocalDate } from '@terreau/kernel/instants';
import type { Point } from './distance.ts';

/** What can be proposed to somebody who asks. */
export const SUPPORT_KINDS = ['service', 'person', 'room', 'equipment', 'training', 'funding', 'information'] as const;
export type SupportKind = (typeof SUPPORT_KINDS)[number];

/**
 * Codes of the official geography (INSEE, SIREN of the EPCI, `QN…`/`QP…` of the priority neighbourhood), or the id of a
 * territory of the platform.
 */
export type AreaLevel = 'region' | 'departement' | 'territory' | 'epci' | 'commune' | 'qpv';

export type Scope =
  | { readonly level: 'national' }
  | { readonly level: AreaLevel; readonly codes: readonly string[] }
  | { readonly level: 'around'; readonly point: Point; readonly km: number };

/** Both ends are included; an absent end is no condition. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

/** The public of data·inclusion that admits everybody. */
export const EVERYONE = 'tous-publics';

/**
 * One support as the engine sees it. A condition that the sheet does not state (no legal form, no bound, no date) is no
 * condition; what the asker needs and the sheet does not tell is unknown, and is said to be checked.
 */
export interface Support {
  readonly id: string;
  readonly kind: SupportKind;
  /** Codes `family--theme`. Empty: the sheet does not say. */
  readonly themes: readonly string[];
  /** Empty, or with {@link EVERYONE}: open to all. */
  readonly publics: readonly string[];
  /** ISO 639-1 codes of the languages spoken. Empty: not said, so French. */
  readonly languages: readonly string[];
  /** For each feature of access that the sheet tells: whether the place has it. */
  readonly accessibility: Readonly<Record<string, boolean>>;
  /** Any of these. Empty: the sheet does not say. */
  readonly scopes: readonly Scope[];
  /** Empty: any. */
  readonly legalForms: readonly string[];
  readonly ageMonths: Bounds;
  readonly employees: Bounds;
  readonly budgetCents: Bounds;
  readonly openFrom: LocalDate | null;
  readonly openUntil: LocalDate | null;
  /** When a person last confirmed the sheet. */
  readonly checkedOn: LocalDate | null;
  /** Past the promise of its author: nobody should be sent there before somebody has confirmed it. */
  readonly stale: boolean;
  /** Requests that it follows now, and how many it says that it can follow. */
  readonly load: { readonly open: number; readonly places: number } | null;
  /** How often it was offered a request in the last 90 days, and how often it answered. */
  readonly lately: { readonly suggested: number; readonly answered: number };
  readonly location: Point | null;
  /** How well its text answers the words of the asker, 0 to 1, as the search says. Absent: not searched. */
  readonly textRelevance?: number;
}
