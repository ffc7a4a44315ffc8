import { directoryGround } from '@terreau/features/directory/directory-ground.query';
import { searchSupports, type SupportSearch } from '@terreau/features/orientation/search-supports.query';
import type { SupportSheet } from '@terreau/features/orientation/support-sheet.query';
import { SUPPORT_KINDS, type SupportKind } from '@terreau/features/orientation/support.schema';
import type { Territory } from '@terreau/features/territories/find-territory.query';
import { isId, type Id } from '@terreau/kernel/ids';
import { firmSpaces } from '#lib/firm-spaces.ts';
import { askedInWords } from '#lib/server/directory/list-page.ts';
import { labelOf, optionsOf, themeOptions } from '#lib/server/directory/labels.ts';
import { m } from '#texts/messages.js';
import { KIND_WORDS, standingInWords } from './words.ts';

/** What the address bar of the catalogue asks for. Everything unknown is passed over: a link never breaks. */
export interface SupportFilters {
  text: string;
  kinds: SupportKind[];
  theme: string;
  public: string;
  neighbourhoodId: Id | null;
  fees: 'gratuit' | 'payant' | '';
  isOpenNow: boolean;
}

const TEXT_MAX_CHARACTERS = 200;
const CODE_MAX_CHARACTERS = 120;

export function readSupportFilters(query: URLSearchParams): SupportFilters {
  const fees = query.get('fees');
  const code = (name: string) => (query.get(name) ?? '').slice(0, CODE_MAX_CHARACTERS);
  const asked = query.getAll('kind');
  return {
    text: (query.get('q') ?? '').slice(0, TEXT_MAX_CHARACTERS),
    kinds: SUPPORT_KINDS.filter((kind) => asked.includes(kind)),
    theme: code('theme'),
    public: code('public'),
    neighbourhoodId: isId(query.get('neighbourhood')) ? query.get('neighbourhood') : null,
    fees: fees === 'gratuit' || fees === 'payant' ? fees : '',
    isOpenNow: query.get('open') === '1'
  };
}

export function supportSearchOf(territoryId: Id, filters: SupportFilters): SupportSearch {
  return {
    territoryId,
    ...(filters.text.trim() ? { text: filters.text } : {}),
    ...(filters.kinds.length > 0 ? { kinds: filters.kinds } : {}),
    ...(filters.theme ? { themes: [filters.theme] } : {}),
    ...(filters.public ? { publics: [filters.public] } : {}),
    ...(filters.neighbourhoodId ? { neighbourhoodId: filters.neighbourhoodId } : {}),
    ...(filters.fees ? { fees: filters.fees } : {}),
    ...(filters.isOpenNow ? { isOpenNow: true } : {})
  };
}

/** One line of the list, in words. */
export function supportLine(sheet: SupportSheet) {
  const summary = sheet.plainSummary ?? sheet.summary;
  return {
    id: sheet.id,
    title: sheet.title,
    kind: KIND_WORDS[sheet.kind](),
    summary: summary && firmSpaces(summary),
    who: sheet.organization?.name ?? sheet.provider ?? sheet.shownName,
    where: whereOf(sheet),
    free: sheet.fees === 'gratuit',
    standing: standingInWords(sheet),
    isGrey: sheet.standing === 'past' || sheet.standing === 'stale' || sheet.standing === 'unchecked'
  };
}
/** A place often bears its organisation's name, which the line says already. */
function whereOf({ placeWords, neighbourhood, organization }: SupportSheet): string | null {
  const name = organization?.name;
  const place = name && placeWords?.startsWith(`${name}, `) ? placeWords.slice(name.length + 2) : placeWords;
  return place ?? neighbourhood;
}

export type SupportLine = ReturnType<typeof supportLine>;

export async function readSupportList(locals: App.Locals, territory: Territory, url: URL) {
  const filters = readSupportFilters(url.searchParams);
  const after = url.searchParams.get('after');
  const ground = await directoryGround(locals.context, territory.id);
  const page = await searchSupports(locals.context, {
    ...supportSearchOf(territory.id, filters),
    ...(after ? { after } : {})
  });
  const choices = {
    kinds: SUPPORT_KINDS.map((kind) => ({ value: kind, label: KIND_WORDS[kind]() })),
    themes: themeOptions(),
    publics: optionsOf('public'),
    neighbourhoods: ground.neighbourhoods.map(({ id, name }) => ({ value: id, label: name })),
    fees: [
      { value: 'gratuit', label: m.catalogue_free() },
      { value: 'payant', label: m.catalogue_paid() }
    ]
  };
  const inWords = filtersInWords(filters, choices.neighbourhoods);
  const first = after ? Math.max(1, Math.trunc(Number(url.searchParams.get('from'))) || 1) : 1;
  const query = withoutPage(url);
  const join = query === '' ? '?' : '&';
  return {
    filters,
    choices,
    filtersCount: inWords.length,
    askedInWords: askedInWords(filters.text, inWords),
    items: page.items.map(supportLine),
    total: page.total,
    totalIsExact: page.totalIsExact,
    correctedText: page.correctedText,
    first,
    query,
    pages: {
      start: first > 1 ? `${url.pathname}${query}` : null,
      next: page.next && `${url.pathname}${query}${join}after=${page.next}&from=${first + page.items.length}`
    }
  };
}

export function filtersInWords(filters: SupportFilters, neighbourhoods: { value: string; label: string }[]): string[] {
  const neighbourhood = neighbourhoods.find(({ value }) => value === filters.neighbourhoodId)?.label;
  return [
    ...filters.kinds.map((kind) => KIND_WORDS[kind]()),
    ...(filters.theme ? [labelOf('theme', filters.theme)] : []),
    ...(filters.public ? [labelOf('public', filters.public)] : []),
    ...(neighbourhood ? [neighbourhood] : []),
    ...(filters.fees ? [filters.fees === 'gratuit' ? m.catalogue_free() : m.catalogue_paid()] : []),
    ...(filters.isOpenNow ? [m.catalogue_filter_open()] : [])
  ];
}

function withoutPage(url: URL): string {
  const query = new URLSearchParams(url.searchParams);
  for (const name of ['after', 'from', 'lang']) query.delete(name);
  for (const [name, value] of Array.from(query)) if (value === '') query.delete(name);
  return query.size === 0 ? '' : `?${query}`;
}
