import type { Id } from '@terreau/kernel/ids';

/** What a merge moved, kept with it as JSON so that it can be undone entirely. */
export interface MovedRows {
  readonly places: readonly Id[];
  readonly services: readonly Id[];
  readonly posts: readonly Id[];
  readonly corrections: readonly Id[];
  /** Rows of `role_grant`. */
  readonly members: readonly Id[];
  readonly fields: readonly MovedField[];
  /** Rows of `field_change` that the merge wrote. */
  readonly fieldChanges: readonly Id[];
  readonly keptUpdatedAt: string;
  readonly absorbed: { readonly status: string; readonly statusReason: string | null; readonly updatedAt: string };
}

export interface MovedField {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

export function restoredLater(
  changed: readonly string[],
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>
): MovedField[] {
  return changed.map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null }));
}
