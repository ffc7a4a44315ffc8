import { exportWord, tableWord } from '@terreau/features/trust/export-words.rules';
import type { exportOwnData } from '@terreau/features/trust/export-own-data.query';

export type PersonalExport = NonNullable<Awaited<ReturnType<typeof exportOwnData>>>;
type Row = PersonalExport['tables'][number]['about'][number];

/** One line of the readable page: label and value, both in the reader's language. */
export interface ReadableLine {
  readonly label: string;
  readonly value: string;
}

/** An export as a page shows it: empty values left out, dates in words. */
export function readableExport(data: PersonalExport, language: 'fr' | 'en') {
  return data.tables.map((table) => ({
    key: table.table,
    title: tableWord(table.table, language),
    purpose: table.purpose,
    retention: table.retention,
    isComplete: table.isComplete,
    about: table.about.map((row) => linesOf(row, language)),
    done: table.done.map((row) => linesOf(row, language))
  }));
}

function linesOf(row: Row, language: 'fr' | 'en'): ReadableLine[] {
  return Object.entries(row)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => ({ label: exportWord(name, language), value: wordsOf(value, language) }));
}

function wordsOf(value: Row[string], language: 'fr' | 'en'): string {
  if (value instanceof Date) {
    return new Intl.DateTimeFormat(language, {
      dateStyle: 'long',
      timeStyle: 'short',
      timeZone: 'Europe/Paris'
    }).format(value);
  }
  if (typeof value === 'boolean') return { fr: ['non', 'oui'], en: ['no', 'yes'] }[language][Number(value)]!;
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'object' && value !== null
    ? Object.entries(value)
        .map((pair) => pair.join(' : '))
        .join(', ')
    : String(value);
}
