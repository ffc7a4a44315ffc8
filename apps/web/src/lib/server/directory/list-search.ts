import type { DirectoryKind, DirectorySearch } from '@terreau/features/directory/search-directory.query';
import { isId, type Id } from '@terreau/kernel/ids';
import { readNumber } from '@terreau/formats/cells';

/** What the address bar of the directory asks for. Everything unknown is passed over: a link never breaks. */
export interface ListFilters {
  text: string;
  theme: string;
  public: string;
  kinds: DirectoryKind[];
  neighbourhoodId: Id | null;
  priorityNeighbourhoodId: Id | null;
  openNow: boolean;
  near: { latitude: number; longitude: number } | null;
  radiusKm: number;
}

export const TEXT_MAX_CHARACTERS = 200;
export const RADIUS_CHOICES_KM = [0.5, 1, 2, 5, 10, 20] as const;
const RADIUS_DEFAULT_KM = 2;
const CODE_MAX_CHARACTERS = 120;
const KINDS: readonly string[] = ['service', 'need', 'offer'];

export function readFilters(query: URLSearchParams): ListFilters {
  const radius = Number(query.get('radius'));
  return {
    text: (query.get('q') ?? '').slice(0, TEXT_MAX_CHARACTERS),
    theme: codeIn(query, 'theme'),
    public: codeIn(query, 'public'),
    kinds: query.getAll('kind').filter((kind): kind is DirectoryKind => KINDS.includes(kind)),
    neighbourhoodId: isId(query.get('neighbourhood')) ? query.get('neighbourhood') : null,
    priorityNeighbourhoodId: isId(query.get('qpv')) ? query.get('qpv') : null,
    openNow: query.get('open') === '1',
    near: positionIn(query.get('near')),
    radiusKm: (RADIUS_CHOICES_KM as readonly number[]).includes(radius) ? radius : RADIUS_DEFAULT_KM
  };
}

/** `after` is the `next` of the page before; what is none begins the list again. */
export function searchOf(territoryId: Id, filters: ListFilters, after: string | null): DirectorySearch {
  return {
    territoryId,
    ...(filters.text.trim() ? { text: filters.text } : {}),
    ...(filters.theme ? { themes: [filters.theme] } : {}),
    ...(filters.public ? { publics: [filters.public] } : {}),
    ...(filters.kinds.length > 0 ? { kinds: filters.kinds } : {}),
    ...(filters.neighbourhoodId ? { neighbourhoodId: filters.neighbourhoodId } : {}),
    ...(filters.priorityNeighbourhoodId ? { priorityNeighbourhoodId: filters.priorityNeighbourhoodId } : {}),
    ...(filters.near ? { near: filters.near, radiusKm: filters.radiusKm } : {}),
    ...(after ? { after } : {})
  };
}

/** Whether anything but the words was asked for: the filters are then shown open. */
export function isFiltered(filters: ListFilters): boolean {
  return Boolean(
    filters.theme ||
    filters.public ||
    filters.kinds.length > 0 ||
    filters.neighbourhoodId ||
    filters.priorityNeighbourhoodId ||
    filters.openNow ||
    filters.near
  );
}

function codeIn(query: URLSearchParams, name: string): string {
  const code = query.get(name) ?? '';
  return code.length <= CODE_MAX_CHARACTERS ? code : '';
}

/** `46.6694,2.7265`, as the links of the sheets write it. */
function positionIn(text: string | null): ListFilters['near'] {
  const parts = (text ?? '').split(',');
  if (parts.length !== 2) return null;
  const [latitude, longitude] = parts.map((part) => readNumber(part).value);
  if (latitude == null || longitude == null) return null;
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null;
}
