import type { LocalDate } from '@terreau/kernel/instants';

export type Language = 'fr' | 'en';

const LOCALES: Readonly<Record<Language, string>> = { fr: 'fr-FR', en: 'en-GB' };

/** "600 m", "2,3 km", "12 km". */
export function sayDistance(metres: number, language: Language): string {
  if (metres < 950) return `${Math.max(50, Math.round(metres / 50) * 50)} m`;
  const digits = metres < 9_950 ? 1 : 0;
  return `${sayNumber(metres / 1000, language, digits)} km`;
}

/** "1er janvier 2027", "1 January 2027". */
export function sayDate(date: LocalDate, language: Language): string {
  const said = new Intl.DateTimeFormat(LOCALES[language], {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC'
  }).format(Date.parse(date));
  return language === 'fr' ? said.replace(/^1 /, '1er ') : said;
}

/** "a", "a et b", "a, b et c". */
export function sayList(items: readonly string[], language: Language): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${language === 'fr' ? 'et' : 'and'} ${items.at(-1)}`;
}

/** "1 an et 3 mois", "8 months". */
export function sayMonths(months: number, language: Language): string {
  const years = Math.floor(months / 12);
  const rest = months % 12;
  const parts = [
    ...(years > 0 ? [language === 'fr' ? count(years, 'an', 'ans') : count(years, 'year', 'years')] : []),
    ...(rest > 0 || years === 0 ? [language === 'fr' ? `${rest} mois` : count(rest, 'month', 'months')] : [])
  ];
  return sayList(parts, language);
}

/** Whole euros from cents, for reading: "1 500 €", "€1,500". */
export function sayEuros(cents: number, language: Language): string {
  return new Intl.NumberFormat(LOCALES[language], {
    style: 'currency',
    currency: 'EUR',
    maximumFractionDigits: cents % 100 === 0 ? 0 : 2
  }).format(cents / 100);
}

/** `1 jour`, `3 jours`; French counts zero as singular, English as plural. */
export function count(n: number, one: string, many: string, zeroIsOne = false): string {
  return `${n} ${n === 1 || (n === 0 && zeroIsOne) ? one : many}`;
}

function sayNumber(value: number, language: Language, digits: number): string {
  return new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: digits }).format(value);
}
