/** A date as it was typed in three fields: digits, or whatever was typed instead. */
export interface DateParts {
  day: string;
  month: string;
  year: string;
}

/** What the three fields called `name` say: what was typed, and the date `YYYY-MM-DD`, `'empty'`, or `'impossible'`. */
export function readDateParts(form: FormData, name: string): { parts: DateParts; date: string } {
  const typed = (key: string) => String(form.get(`${name}-${key}`) ?? '').trim();
  const parts = { day: typed('day'), month: typed('month'), year: typed('year') };
  return { parts, date: dateOf(parts) };
}

function dateOf({ day, month, year }: DateParts): string {
  if (day === '' && month === '' && year === '') return 'empty';
  if (!/^\d{1,2}$/.test(day) || !/^\d{1,2}$/.test(month) || !/^\d{4}$/.test(year)) return 'impossible';
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const instant = new Date(`${date}T00:00:00Z`);
  // 31 February parses as 2 or 3 March in some engines: the round trip tells.
  const exists = !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(date);
  return exists ? date : 'impossible';
}
