import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { settingsInForce } from '../territories/read-settings.query.ts';
import { answerDueAt as dueAt } from './request-delays.rules.ts';
import { placeOfTerritory } from './territory-place.ts';

/** Before when a request that arrives at `now` is answered: working days of the place, in its own time zone. */
export async function answerDueAt(tx: Tx, territoryId: Id, now: Instant): Promise<Instant> {
  const settings = await settingsInForce(tx, territoryId);
  return dueAt(now, await placeOfTerritory(tx, territoryId), settings['answer-within-working-days']);
}
