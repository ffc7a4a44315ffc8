import { describeOpeningHours } from '@terreau/calendar/describe';
import {
  listTerritories as openTerritories,
  type TerritoryLine
} from '@terreau/features/territories/list-territories.query';
import type { SettingValues } from '@terreau/features/territories/settings.schema';
import { formatNumber } from '#lib/formats.ts';
import { m } from '#texts/messages.js';

/** What the public pages of the house say of a territory. */
export interface TerritoryCard {
  slug: string;
  name: string;
  /** One line: its inhabitants where they are known, and whether it is fictional. */
  line: string;
}

/** Where a human can be reached. Opening hours are already in plain words. */
export interface HumanContact {
  name: string;
  /** Whom one meets there. */
  who: string | null;
  address: string[];
  hours: string[];
  phone: string | null;
  email: string | null;
}

/** The territories that anybody may see, in alphabetical order. */
export async function listTerritories(locals: App.Locals): Promise<TerritoryCard[]> {
  const territories = await openTerritories(locals.context);
  return territories.map((territory) => ({ slug: territory.slug, name: territory.name, line: cardLine(territory) }));
}

/** The contact of a territory's settings, in the reader's language; null when the coordination has not said. */
export function humanContact(contact: SettingValues['contact'], language: 'fr' | 'en'): HumanContact | null {
  if (!contact) return null;
  return {
    name: contact.placeName,
    who: (language === 'en' && contact.roleEn) || contact.role,
    address: [contact.address, `${contact.postcode} ${contact.town}`],
    hours: contact.openingHours ? describeOpeningHours(contact.openingHours, language) : [],
    phone: contact.phone ?? null,
    email: contact.email ?? null
  };
}

function cardLine({ population, isDemonstration }: TerritoryLine): string {
  const inhabitants = population === null ? '' : m.house_territory_inhabitants({ count: formatNumber(population) });
  const fictional = isDemonstration ? m.house_territory_fictional() : '';
  return [inhabitants, fictional].filter(Boolean).join(' · ');
}
