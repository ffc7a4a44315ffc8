import { contactLines, type ContactLine } from '@terreau/features/directory/contact-lines.query';
import { directoryGround, type DirectoryGround } from '@terreau/features/directory/directory-ground.query';
import { listOpenNow } from '@terreau/features/directory/open-now.query';
import { searchDirectory, type DirectoryItem } from '@terreau/features/directory/search-directory.query';
import type { Territory } from '@terreau/features/territories/find-territory.query';
import { displayPhone } from '@terreau/formats/cells';
import { describeOpeningHours } from '@terreau/calendar/describe';
import { firmSpaces } from '#lib/firm-spaces.ts';
import { formatDistance, formatList } from '#lib/formats.ts';
import { currentLanguage } from '#lib/languages.ts';
import { m } from '#texts/messages.js';
import type { FreshnessWords } from './freshness.ts';
import { freshnessInWords } from './freshness.ts';
import { middleOf } from './ground.ts';
import { openNow, type OpenNow } from './hours.ts';
import { labelOf, optionsOf, themeOptions } from './labels.ts';
import { searchOf, type ListFilters } from './list-search.ts';

/** One entry of the list, in words. */
export interface ListEntry {
  id: string;
  name: string;
  acronym: string | null;
  summary: string | null;
  where: string | null;
  distance: string | null;
  phone: { shown: string; dialled: string } | null;
  hours: string[];
  open: OpenNow | null;
  freshness: FreshnessWords;
  /** Where else than in the name the words were found. */
  found: string | null;
  latitude: number | null;
  longitude: number | null;
}

export interface ListOfEntries {
  entries: ListEntry[];
  total: number;
  totalIsExact: boolean;
  next: string | null;
  correctedText: string | null;
  /** With "open now": how many sheets were looked at, and how many do not say their hours. */
  openNow: { looked: number; silent: number } | null;
}

/** One page of the directory as the filters ask. */
export async function listEntries(
  locals: App.Locals,
  territory: Territory,
  filters: ListFilters,
  { after, limit }: { after: string | null; limit?: number }
): Promise<ListOfEntries> {
  const { context } = locals;
  const search = { ...searchOf(territory.id, filters, after), ...(limit ? { limit } : {}) };
  const opened = filters.openNow ? await listOpenNow(context, search, territory.timeZone) : null;
  const page = opened ?? (await searchDirectory(context, search));
  const contacts = await contactLines(
    context,
    page.items.map((item) => item.organizationId)
  );
  return {
    entries: page.items.map((item) =>
      entryOf(item, contacts.get(item.organizationId), context.now, territory.timeZone)
    ),
    total: page.total,
    totalIsExact: page.totalIsExact,
    next: page.next,
    correctedText: page.correctedText,
    openNow: opened && { looked: opened.looked, silent: opened.silent }
  };
}

function entryOf(item: DirectoryItem, contact: ContactLine | undefined, now: Date, timeZone: string): ListEntry {
  const town = [contact?.postcode, contact?.city ?? item.city].filter(Boolean).join(' ');
  return {
    id: item.organizationId,
    name: item.name,
    acronym: item.acronym,
    summary: item.summary && firmSpaces(item.summary),
    where: [contact?.address, town].filter(Boolean).join(', ') || null,
    distance: item.distanceKm === null ? null : formatDistance(item.distanceKm * 1000),
    phone: contact?.phone ? { shown: displayPhone(contact.phone), dialled: contact.phone } : null,
    hours: item.openingHours ? describeOpeningHours(item.openingHours, currentLanguage()) : [],
    open: openNow(item.openingHours, now, timeZone),
    freshness: freshnessInWords(item, now, timeZone),
    found: foundIn(item),
    latitude: item.latitude,
    longitude: item.longitude
  };
}

function foundIn({ matched }: DirectoryItem): string | null {
  const parts = matched.filter((part) => part !== 'name' && part !== 'description').map((part) => FOUND_IN[part]());
  return parts.length > 0 ? m.directory_found_in({ parts: formatList(parts) }) : null;
}

const FOUND_IN = {
  service: m.directory_found_in_service,
  need: m.directory_found_in_need,
  offer: m.directory_found_in_offer,
  theme: m.directory_found_in_theme
} as const;

export interface FilterChoices {
  themes: ReturnType<typeof themeOptions>;
  publics: ReturnType<typeof optionsOf>;
  kinds: { value: string; label: string }[];
  neighbourhoods: { value: string; label: string }[];
  /** Grouped by the year of their outline. */
  priorityNeighbourhoods: { label: string; options: { value: string; label: string }[] }[];
  places: { value: string; label: string }[];
}

/** What the filters offer in this territory. A place chosen from a sheet's link is offered as well. */
export function filterChoices(ground: DirectoryGround, filters: ListFilters): FilterChoices {
  const places = ground.neighbourhoods.flatMap(({ name, outline }) => {
    const middle = middleOf(outline);
    return middle ? [{ value: middle, label: name }] : [];
  });
  const chosen = filters.near ? `${filters.near.latitude},${filters.near.longitude}` : null;
  if (chosen && !places.some((place) => place.value === chosen)) {
    places.unshift({ value: chosen, label: m.directory_near_chosen() });
  }
  return {
    themes: themeOptions(),
    publics: optionsOf('public'),
    kinds: [
      { value: 'service', label: m.directory_kind_service() },
      { value: 'need', label: m.directory_kind_need() },
      { value: 'offer', label: m.directory_kind_offer() }
    ],
    neighbourhoods: ground.neighbourhoods.map(({ id, name }) => ({ value: id, label: name })),
    priorityNeighbourhoods: [...Map.groupBy(ground.priorityNeighbourhoods, ({ vintage }) => vintage)].map(
      ([vintage, group]) => ({
        label: m.directory_qpv_vintage({ year: String(vintage) }),
        options: group.map(({ id, name }) => ({ value: id, label: name }))
      })
    ),
    places
  };
}

/** Everything that was asked, the words first. */
export function askedInWords(text: string, filters: string[]): string[] {
  return text.trim() === '' ? filters : [m.directory_asked_text({ text: text.trim() }), ...filters];
}

/** The filters in words, for the top of the page and of the printed list. */
export function filtersInWords(filters: ListFilters, choices: FilterChoices): string[] {
  const near = filters.near ? `${filters.near.latitude},${filters.near.longitude}` : null;
  const place = choices.places.find((each) => each.value === near)?.label;
  const priority = choices.priorityNeighbourhoods.flatMap(({ label, options }) =>
    options.filter((each) => each.value === filters.priorityNeighbourhoodId).map((each) => `${each.label} (${label})`)
  );
  const neighbourhood = choices.neighbourhoods.find((each) => each.value === filters.neighbourhoodId)?.label;
  return [
    ...(filters.theme ? [labelOf('theme', filters.theme)] : []),
    ...(filters.public ? [labelOf('public', filters.public)] : []),
    ...filters.kinds.map((kind) => choices.kinds.find((each) => each.value === kind)?.label ?? kind),
    ...(neighbourhood ? [neighbourhood] : []),
    ...priority,
    ...(filters.openNow ? [m.directory_filter_open()] : []),
    ...(place ? [m.directory_filter_near({ distance: formatDistance(filters.radiusKm * 1000), place })] : [])
  ];
}

export async function readGround(locals: App.Locals, territory: Territory): Promise<DirectoryGround> {
  return directoryGround(locals.context, territory.id);
}
