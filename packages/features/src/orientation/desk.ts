import type { Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import type { SettingValues } from '../territories/settings.schema.ts';
import type { TerritoryPlace } from './territory-place.ts';

/** A request about which somebody is told; run with the platform's rights. */
export interface ToldRequest {
  readonly id: Id;
  readonly territoryId: Id;
  readonly version: number;
  readonly personId: Id | null;
  readonly responsibleId: Id | null;
}

/** What every message needs: where it is written from, and the public address of the site. */
export interface Desk {
  readonly place: TerritoryPlace;
  readonly origin: string;
}

/** Where a round of the platform works, read once for each territory. */
export interface Round extends Desk {
  readonly territoryId: Id;
  readonly delays: SettingValues['request-delays'];
  readonly contact: SettingValues['contact'];
}

/** Who signs a message. */
export const signature = (language: string, territory: string) =>
  language === 'en' ? `The ${territory} team` : `L’équipe de ${territory}`;

/** `mardi 10 mars`: a day as messages say it. */
export function dayInWords(instant: Instant, timeZone: string, language: string): string {
  const options = { weekday: 'long', day: 'numeric', month: 'long', timeZone } as const;
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'fr-FR', options).format(instant);
}
