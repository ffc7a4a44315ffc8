import type { TerritoryRefusal } from '@terreau/features/territories/create-territory.command';
import { m } from '#texts/messages.js';

/** The field that a refusal is about, and what to do. */
export function territoryRefusal(code: TerritoryRefusal): { field: string; error: string } {
  switch (code) {
    case 'name-missing':
      return { field: 'name', error: m.territories_refusal_name_missing() };
    case 'name-too-long':
      return { field: 'name', error: m.territories_refusal_name_too_long() };
    case 'slug-taken':
      return { field: 'slug', error: m.territories_refusal_slug_taken() };
    case 'slug-invalid':
      return { field: 'slug', error: m.territories_refusal_slug_invalid() };
    default:
      return { field: 'q', error: m.territories_refusal_area_missing() };
  }
}
