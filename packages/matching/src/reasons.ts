import type { LocalDate } from '@terreau/kernel/instants';
import type { Scope } from './support.ts';

/** What can make a support possible, impossible or uncertain for an asker. */
export const CRITERIA = [
  'subject',
  'territory',
  'public',
  'legal-form',
  'age',
  'employees',
  'budget',
  'language',
  'accessibility',
  'dates',
  'freshness'
] as const;
export type Criterion = (typeof CRITERIA)[number];

/** Why a support is proposed, or what must be checked first. `thousandths` of all reasons add up to the score. */
export type Reason = Fact & { readonly thousandths: number };

export type Fact =
  | { readonly code: 'theme' | 'family'; readonly themes: readonly string[] }
  | { readonly code: 'public'; readonly publics: readonly string[] }
  | { readonly code: 'everyone' | 'words' }
  | { readonly code: 'near'; readonly metres: number }
  | { readonly code: 'covers'; readonly level: Scope['level'] }
  | { readonly code: 'checked'; readonly days: number }
  | { readonly code: 'load'; readonly open: number; readonly places: number }
  | { readonly code: 'turn'; readonly suggested: number; readonly answered: number }
  | { readonly code: 'open-until'; readonly date: LocalDate }
  | ({ readonly code: 'to-check' } & Doubt);

/** What is not known, with what the sheet asks for. */
export type Doubt =
  | { readonly criterion: 'subject' | 'freshness' }
  | { readonly criterion: 'territory'; readonly scopes: readonly Scope[] }
  | { readonly criterion: 'public' | 'legal-form' | 'language' | 'accessibility'; readonly codes: readonly string[] }
  | { readonly criterion: 'age' | 'employees' | 'budget'; readonly min?: number; readonly max?: number };

/** What stands between the asker and a support, with what would make it possible. */
export type Missing =
  | { readonly criterion: 'territory'; readonly scopes: readonly Scope[]; readonly metres: number | null }
  | { readonly criterion: 'public' | 'legal-form' | 'language' | 'accessibility'; readonly codes: readonly string[] }
  /** Months, people or cents: where the asker stands, and the bound that it does not reach or passes. */
  | {
      readonly criterion: 'age' | 'employees' | 'budget';
      readonly side: 'below' | 'above';
      readonly value: number;
      readonly bound: number;
    }
  | { readonly criterion: 'dates'; readonly side: 'before' | 'after'; readonly date: LocalDate }
  | { readonly criterion: 'freshness'; readonly checkedOn: LocalDate | null };
