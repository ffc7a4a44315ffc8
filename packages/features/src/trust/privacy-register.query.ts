import type { LegalBasis } from './privacy-entry.ts';
import { PRIVACY_REGISTRY } from './privacy-registry.ts';

/** A line of the public register: what is kept, why, how long, and what stays after an erasure. */
export interface RegisterLine {
  readonly table: string;
  readonly purpose: string;
  readonly basis: LegalBasis;
  readonly retention: string;
  readonly hold: string | null;
}

/** The privacy registry in `language`, for the public page and the documentation. It asks no database. */
export function privacyRegister(language: 'fr' | 'en'): RegisterLine[] {
  return PRIVACY_REGISTRY.map(({ table, purpose, basis, retention, hold }) => ({
    table,
    purpose: purpose[language],
    basis,
    retention: retention[language],
    hold: hold?.[language] ?? null
  }));
}
