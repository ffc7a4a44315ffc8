import { isId } from '@terreau/kernel/ids';
import type { SearchCriteria, SearchSubject } from './alerts.schema.ts';

const LISTS = { directory: 'organizations', need: 'needs', offer: 'offers', support: 'supports' } as const;

/** The page that shows a search, as its filters write it in the address bar. */
export function searchHref(
  slug: string,
  { about, criteria }: { readonly about: SearchSubject; readonly criteria: SearchCriteria }
): string {
  const query = new URLSearchParams();
  if (criteria.text) query.set('q', criteria.text);
  for (const theme of criteria.themes ?? []) query.append('theme', theme);
  for (const code of criteria.publics ?? []) query.append('public', code);
  for (const kind of criteria.kinds ?? []) query.append('kind', kind);
  if (criteria.neighbourhoodId) query.set('neighbourhood', criteria.neighbourhoodId);
  if (criteria.category) query.set('category', criteria.category);
  if (criteria.fees) query.set('fees', criteria.fees);
  const asked = query.toString();
  return `/${slug}/${LISTS[about]}${asked ? `?${asked}` : ''}`;
}

/** The same, read back: unknown and over-long values are passed over, so that a link never breaks. */
export function criteriaIn(query: URLSearchParams): Record<string, unknown> {
  const one = (name: string) => query.get(name)?.slice(0, VALUE_MAX_CHARACTERS) || undefined;
  const several = (name: string) => {
    const values = query.getAll(name).filter((value) => value !== '' && value.length <= CODE_MAX_CHARACTERS);
    return values.length > 0 ? values.slice(0, CODES_MAX_COUNT) : undefined;
  };
  const found = {
    text: one('q'),
    themes: several('theme'),
    publics: several('public'),
    kinds: several('kind'),
    neighbourhoodId: isId(query.get('neighbourhood')) ? query.get('neighbourhood') : undefined,
    category: one('category'),
    fees: FEES.find((fees) => fees === query.get('fees'))
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

const FEES = ['gratuit', 'payant'] as const;
const VALUE_MAX_CHARACTERS = 120;
const CODE_MAX_CHARACTERS = 120;
const CODES_MAX_COUNT = 10;
