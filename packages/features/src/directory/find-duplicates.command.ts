import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Context } from '@terreau/database/context';
import { reading, transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { findLikelyPairs, type LikelyPair } from './duplicate-candidates.rules.ts';
import { readIdentities, readPlaceNames } from './duplicate-identities.ts';
import { mayImport } from './import.policy.ts';

export interface FoundDuplicates {
  /** Sheets compared. */
  readonly sheets: number;
  /** Pairs that somebody is asked about, old ones included. */
  readonly open: number;
  /** Of which found by this search for the first time. */
  readonly added: number;
}

const PAIRS_WRITTEN_TOGETHER_COUNT = 500;

/**
 * Compares the sheets of a territory and asks a human about the pairs that look like one structure. Pairs already
 * decided stay decided; open pairs that no longer look alike are withdrawn. Run after an import, and by night.
 */
export async function findDuplicates(ctx: Context, territoryId: Id): Promise<Verdict<FoundDuplicates, 'not-found'>> {
  if (!mayImport(ctx.actor, territoryId)) return refuse('not-found');
  const { identities, placeNames } = await reading(ctx, async (tx) => ({
    identities: await readIdentities(tx, territoryId),
    placeNames: await readPlaceNames(tx, territoryId)
  }));
  // Comparing is pure and long: it happens outside any transaction, and lets others pass.
  const pairs = await findLikelyPairs(identities, placeNames, nextTurn);
  return transaction(ctx, 'find-duplicates', async (tx, ledger) => {
    const known = await tx
      .selectFrom('duplicate_pair')
      .select(['first_id', 'second_id', 'state'])
      .where('territory_id', '=', territoryId)
      .execute();
    const knownKeys = new Set(known.map((row) => `${row.first_id}/${row.second_id}`));
    const foundKeys = new Set(pairs.map((pair) => `${pair.firstId}/${pair.secondId}`));
    const gone = known.filter((row) => row.state === 'open' && !foundKeys.has(`${row.first_id}/${row.second_id}`));
    for (let from = 0; from < gone.length; from += PAIRS_WRITTEN_TOGETHER_COUNT) {
      const some = gone.slice(from, from + PAIRS_WRITTEN_TOGETHER_COUNT);
      await tx
        .deleteFrom('duplicate_pair')
        .where('territory_id', '=', territoryId)
        .where('state', '=', 'open')
        .where((where) => where.or(some.map((row) => where.and({ first_id: row.first_id, second_id: row.second_id }))))
        .execute();
    }
    const added = pairs.filter((pair) => !knownKeys.has(`${pair.firstId}/${pair.secondId}`));
    await writePairs(tx, ctx, territoryId, pairs);
    const open = await tx
      .selectFrom('duplicate_pair')
      .select((select) => select.fn.countAll<string>().as('count'))
      .where('territory_id', '=', territoryId)
      .where('state', '=', 'open')
      .executeTakeFirstOrThrow();
    ledger.about('territory', territoryId, territoryId, { added: added.length });
    return accept({ sheets: identities.length, open: Number(open.count), added: added.length });
  });
}

async function writePairs(
  tx: Parameters<Parameters<typeof transaction>[2]>[0],
  ctx: Context,
  territoryId: Id,
  pairs: readonly LikelyPair[]
) {
  for (let from = 0; from < pairs.length; from += PAIRS_WRITTEN_TOGETHER_COUNT) {
    await tx
      .insertInto('duplicate_pair')
      .values(
        pairs.slice(from, from + PAIRS_WRITTEN_TOGETHER_COUNT).map((pair) => ({
          territory_id: territoryId,
          first_id: pair.firstId,
          second_id: pair.secondId,
          likelihood_permille: pair.permille,
          reasons: JSON.stringify(pair.reasons),
          found_at: ctx.now
        }))
      )
      .onConflict((conflict) =>
        conflict
          .columns(['first_id', 'second_id'])
          .doUpdateSet((row) => ({
            likelihood_permille: row.ref('excluded.likelihood_permille'),
            reasons: row.ref('excluded.reasons')
          }))
          .where('duplicate_pair.state', '=', 'open')
      )
      .execute();
  }
}
