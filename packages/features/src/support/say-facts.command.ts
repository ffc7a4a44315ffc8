import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { workedDossier } from './circle.ts';
import { factsOf, writeFacts } from './facts.ts';
import { allowedAnswers, journeyKeys, limitOf, readSaid, roomOf } from './journey.rules.ts';

export interface SayFactsRequest {
  readonly territoryId: Id;
  readonly dossierId: string;
  /** What was typed, by key; a key that is absent is left as it is. */
  readonly said: ReadonlyMap<string, string>;
  /** The newest fact that was on screen; what somebody else wrote since is not overwritten unseen. */
  readonly seen: string | null;
}

export type SayFactsRefusal = 'not-found' | 'changed-meanwhile' | 'fact-too-long' | 'fact-unknown';

/**
 * Keeps what was said of a project: one row for each answer that changed, with its author and its date. A refusal
 * names the key in `details.key`, and its limit in characters in `details.max`. Returns how many answers changed.
 */
export async function sayFacts(
  ctx: Context,
  { territoryId, dossierId, said, seen }: SayFactsRequest
): Promise<Verdict<number, SayFactsRefusal>> {
  return transaction(ctx, 'say-facts', async (tx, ledger) => {
    const own = await workedDossier(tx, ctx, territoryId, dossierId);
    if (!own) return refuse('not-found');
    const known = journeyKeys();
    const before = await factsOf(tx, own.row.id, known);
    const changes: Record<string, string | null> = {};
    for (const [key, typed] of said) {
      if (!known.includes(key)) return refuse('fact-unknown', { key });
      const value = readSaid(typed);
      const fact = before.get(key);
      if (value === (fact?.value ?? null)) continue;
      const allowed = allowedAnswers(key);
      if (value !== null && allowed && !allowed.includes(value)) return refuse('fact-unknown', { key });
      if (value !== null && roomOf(value) > limitOf(key)) return refuse('fact-too-long', { key, max: limitOf(key) });
      const isNewer = fact && (seen === null || fact.id > seen) && fact.byAccount !== ctx.actor.accountId;
      if (isNewer) return refuse('changed-meanwhile', { key });
      changes[key] = value;
    }
    await writeFacts(tx, ctx, { id: own.row.id, territoryId }, changes);
    const count = Object.keys(changes).length;
    ledger.about('dossier', own.row.id, territoryId, { facts: count });
    return accept(count);
  });
}
