import type { Id } from '@terreau/kernel/ids';

/** To whom a project may be shown: its circle alone, whoever holds a place in the territory, everybody. */
export const VISIBILITIES = ['circle', 'territory', 'public'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** What a project shows outside of its circle: this, and nothing else. No name, no state, no step. */
export interface ShownFields {
  readonly title: string;
  readonly neighbourhood: { readonly id: Id; readonly name: string } | null;
  readonly themes: readonly string[];
  readonly sentence: string | null;
  readonly forWhom: string | null;
  readonly placeWords: string | null;
  readonly aim: string | null;
  readonly firstActions: string | null;
  readonly hopedChange: string | null;
  /** Changes with any of them: whoever confirms sends back the one that they read. */
  readonly mark: string;
}
