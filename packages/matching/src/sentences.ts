import type { Scope } from './support.ts';

/** The sentences of one language; a missing one does not compile. */
export interface Sentences {
  readonly theme: (themes: string) => string;
  readonly family: (themes: string) => string;
  readonly public: (publics: string) => string;
  readonly everyone: string;
  readonly words: string;
  readonly near: (distance: string) => string;
  readonly covers: Readonly<Record<Scope['level'], string>>;
  readonly checked: (days: number) => string;
  readonly load: (open: number, places: number) => string;
  readonly turn: (suggested: number, answered: number) => string;
  readonly openUntil: (date: string) => string;
  readonly toCheck: (doubt: string) => string;
  readonly country: string;
  readonly around: (km: number) => string;
  readonly further: (count: number) => string;
  readonly doubt: {
    readonly subject: string;
    readonly territory: (areas: string | null) => string;
    readonly freshness: string;
  } & Readonly<Record<Coded, (codes: string) => string>> &
    Readonly<Record<Bounded, (min?: number, max?: number) => string>>;
  readonly missing: {
    readonly territory: (areas: string, distance: string | null) => string;
    readonly before: (date: string) => string;
    readonly after: (date: string) => string;
    readonly freshness: (date: string | null) => string;
  } & Readonly<Record<Coded, (codes: string) => string>> &
    Readonly<Record<Bounded, Readonly<Record<'below' | 'above', (value: number, bound: number) => string>>>>;
}
type Coded = 'public' | 'legal-form' | 'language' | 'accessibility';
type Bounded = 'age' | 'employees' | 'budget';
