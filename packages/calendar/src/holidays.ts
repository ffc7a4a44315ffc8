import { plusLocalDays, type LocalDate } from '@terreau/kernel/instants';

export interface PublicHoliday {
  readonly date: LocalDate;
  readonly label: string;
  readonly labelEn: string;
}

/**
 * Legal public holidays of `year` (Code du travail, L3133-1, L3134-13 and L3422-2), in order of date.
 * `departement` is its INSEE code (`67`, `971`, `2A`); without one, those of the whole country.
 * The Pacific territories (986 to 988) have labour laws of their own: only the national days are given there.
 */
export function publicHolidays(year: number, departement: string | null = null): PublicHoliday[] {
  const easter = easterSunday(year);
  const days = [
    fixed(year, '01-01', 'Jour de l’an', 'New Year’s Day'),
    moved(easter, 1, 'Lundi de Pâques', 'Easter Monday'),
    fixed(year, '05-01', 'Fête du Travail', 'Labour Day'),
    fixed(year, '05-08', 'Victoire de 1945', 'Victory Day 1945'),
    moved(easter, 39, 'Ascension', 'Ascension Day'),
    moved(easter, 50, 'Lundi de Pentecôte', 'Whit Monday'),
    fixed(year, '07-14', 'Fête nationale', 'Bastille Day'),
    fixed(year, '08-15', 'Assomption', 'Assumption'),
    fixed(year, '11-01', 'Toussaint', 'All Saints’ Day'),
    fixed(year, '11-11', 'Armistice de 1918', 'Armistice Day 1918'),
    fixed(year, '12-25', 'Noël', 'Christmas Day'),
    ...localDays(year, departement, easter)
  ];
  // Ascension can fall on 1 or 8 May (2008): one date, one holiday, the fixed one kept.
  const byDate = new Map<LocalDate, PublicHoliday>();
  for (const day of days) if (!byDate.has(day.date)) byDate.set(day.date, day);
  return [...byDate.values()].sort((a, b) => a.date.localeCompare(b.date));
}

/** The holiday that falls on `date`, or null. */
export function holidayOn(date: LocalDate, departement: string | null = null): PublicHoliday | null {
  return publicHolidays(Number(date.slice(0, 4)), departement).find((day) => day.date === date) ?? null;
}

/** Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher). */
export function easterSunday(year: number): LocalDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const l = (32 + 2 * (b % 4) + 2 * i - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  const day = ((h + l - 7 * m + 114) % 31) + 1;
  return `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`;
}

const ALSACE_MOSELLE = new Set(['57', '67', '68']);

/** Commemoration of the abolition of slavery, by territory (decree 83-1003 and law 2017-256). */
const ABOLITION: ReadonlyMap<string, string> = new Map([
  ['971', '05-27'],
  ['972', '05-22'],
  ['973', '06-10'],
  ['974', '12-20'],
  ['976', '04-27'],
  ['977', '10-09'],
  ['978', '05-28']
]);

function localDays(year: number, departement: string | null, easter: LocalDate): PublicHoliday[] {
  if (departement === null) return [];
  if (ALSACE_MOSELLE.has(departement))
    return [
      moved(easter, -2, 'Vendredi saint', 'Good Friday'),
      fixed(year, '12-26', 'Saint-Étienne', 'Saint Stephen’s Day')
    ];
  const abolition = ABOLITION.get(departement);
  return abolition ? [fixed(year, abolition, 'Abolition de l’esclavage', 'Abolition of slavery')] : [];
}

function fixed(year: number, monthDay: string, label: string, labelEn: string): PublicHoliday {
  return { date: `${String(year).padStart(4, '0')}-${monthDay}`, label, labelEn };
}

function moved(easter: LocalDate, days: number, label: string, labelEn: string): PublicHoliday {
  return { date: plusLocalDays(easter, days), label, labelEn };
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
