/** A sentence in both languages of the screens. */
export interface Words {
  readonly fr: string;
  readonly en: string;
}

/** Why the law allows it: a public body's mission or the accompaniment agreed, the person's yes, a duty, the safety of all. */
export type LegalBasis = 'accompaniment' | 'consent' | 'legal-duty' | 'security';

/**
 * What a column says of somebody.
 * `account`, `person`: the id of one. `named`: the id of either. `written`: the id of something that they wrote.
 * `address`: an e-mail address or a telephone number. `published`: the same, shown as an organisation's.
 * `seat`: the id of their place in the circle of a dossier.
 * `dossier`: the id of a dossier whose project they carry: they read it, and it is erased as a whole or stays.
 * `inside`: a text that holds their id or their address somewhere.
 */
export type KeyKind =
  'account' | 'person' | 'named' | 'written' | 'seat' | 'dossier' | 'address' | 'published' | 'inside';

export interface PersonKey {
  readonly column: string;
  readonly holds: KeyKind;
  /** `own`: the row is about them. `mention`: the row is about something else, and they did or decided it. */
  readonly link: 'own' | 'mention';
  /** What erasing does to the row: it goes; or it stays, without them; or it stays as it is (see the table's `hold`). */
  readonly erasure: 'delete' | 'anonymise' | 'keep';
  /** Columns emptied with the key: their own words. Null, or an empty text where the column may not be null. */
  readonly clears?: readonly string[];
  /** The column is JSON, in which their address may stand anywhere. */
  readonly json?: true;
  /** The key itself stays: it names a thing, not them. */
  readonly keepsKey?: true;
}

/** One table of the privacy registry. */
export interface PersonalTable {
  readonly table: string;
  readonly purpose: Words;
  readonly basis: LegalBasis;
  /** How long, in words; `applyRetention` is what makes it true. */
  readonly retention: Words;
  readonly keys: readonly PersonKey[];
  /** The columns that an export shows of a row that is about the person: never those of somebody else. */
  readonly exported: readonly string[];
  /** The columns shown of a row that only mentions them. */
  readonly mentioned: readonly string[];
  /** What stays after an erasure, and why. */
  readonly hold?: Words;
}

/** An id of an account that did something to a row: it goes, the row stays. */
export function doneBy(column: string): PersonKey {
  return { column, holds: 'account', link: 'mention', erasure: 'anonymise' };
}

export function ownedBy(column: string): PersonKey {
  return { column, holds: 'account', link: 'own', erasure: 'delete' };
}

/** A column that may show their address as an organisation's contact: the address goes, the row stays. */
export function mayShow(column: string, json?: 'json'): PersonKey {
  return { column, holds: 'published', link: 'mention', erasure: 'anonymise', ...(json ? { json: true } : {}) };
}

export const WITH_THE_ACCOUNT: Words = {
  fr: 'Tant que le compte existe. Compte inutilisé : effacé après 24 mois, avec deux rappels.',
  en: 'As long as the account exists. An unused account is erased after 24 months, with two reminders.'
};
export const WITH_THE_ORGANIZATION: Words = {
  fr: 'Tant que la fiche de l’organisation existe.',
  en: 'As long as the organisation’s sheet exists.'
};
