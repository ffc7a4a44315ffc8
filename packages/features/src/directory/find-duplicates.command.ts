import type { Context } from '@terreau/database/context';
import { giveWay } from '@terreau/database/give-way';
import { reading, transaction, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { findLikelyPairs, type LikelyPair } from './duplicate-candidates.rules.ts';
import { readIdentities, readPlaceNames } from './duplicate-identities.ts';
import { mayImport } from './import.policy.ts';

export interface FoundDuplicates {
  /** Sheets compared with the others. */
  readonly sheets: number;
  /** Pairs that somebody is asked about, old ones included. */
  readonly open: number;
  /** Of which found by this search for the first time. */
  readonly added: number;
}

const PAIRS_WRITTEN_TOGETHER_COUNT = 500;

/**
 * Compares the sheets of a territory and asks a human about the pairs that look like one structure. Pairs already
 * decided stay decided; open pairs that no longer look alike are withdrawn. `among`: only these sheets are compared
 * with the rest, as after an import; the search of the night compares all.
 */
export async function findDuplicates(
  ctx: Context,
  territoryId: Id,
  { among }: { readonly among?: readonly Id[] } = {}
): Promise<Verdict<FoundDuplicates, 'not-found'>> {
  if (!mayImport(ctx.actor, territoryId)) return refuse('not-found');
  const wanted = among ? new Set(among) : null;
  const { identities, placeNames, known } = await reading(ctx, async (tx) => ({
    identities: wanted?.size === 0 ? [] : await readIdentities(tx, territoryId),
    placeNames: await readPlaceNames(tx, territoryId),
    known: await readPairs(tx, territoryId)
  }));
  const isAsked = (pair: LikelyPair) => !wanted || wanted.has(pair.firstId) || wanted.has(pair.secondId);
  const open = known.filter((pair) => pair.state === 'open');
  // Comparing is pure and long: it happens outside any transaction, and lets others pass.
  const pairs = await findLikelyPairs(
    {
      identities,
      placeNames,
      among: wanted ?? undefined,
      standing: open.filter((pair) => !isAsked(pair)),
      decided: new Set(known.filter((pair) => pair.state !== 'open').map(keyOf))
    },
    () => giveWay(ctx.engine)
  );
  const foundKeys = new Set(pairs.map(keyOf));
  const openKeys = new Set(open.map(keyOf));
  const gone = open.filter((pair) => isAsked(pair) && !foundKeys.has(keyOf(pair)));
  const added = pairs.filter((pair) => !openKeys.has(keyOf(pair)));
  return transaction(ctx, 'find-duplicates', async (tx, ledger) => {
    for (let from = 0; from < gone.length; from += PAIRS_WRITTEN_TOGETHER_COUNT) {
      const some = gone.slice(from, from + PAIRS_WRITTEN_TOGETHER_COUNT);
      await tx
        .deleteFrom('duplicate_pair')
        .where('territory_id', '=', territoryId)
        .where('state', '=', 'open')
        .where((where) => where.or(some.map((pair) => where.and({ first_id: pair.firstId, second_id: pair.secondId }))))
        .execute();
    }
    await writePairs(tx, ctx, territoryId, pairs);
    const { count } = await tx
      .selectFrom('duplicate_pair')
      .select((select) => select.fn.countAll<string>().as('count'))
      .where('territory_id', '=', territoryId)
      .where('state', '=', 'open')
      .executeTakeFirstOrThrow();
    ledger.about('territory', territoryId, territoryId, { added: added.length });
    return accept({ sheets: wanted?.size ?? identities.length, open: Number(count), added: added.length });
  });
}

async function readPairs(tx: Tx, territoryId: Id): Promise<(LikelyPair & { readonly state: string })[]> {
  const rows = await tx
    .selectFrom('duplicate_pair')
    .select(['first_id as firstId', 'second_id as secondId', 'likelihood_permille as permille', 'state'])
    .where('territory_id', '=', territoryId)
    .execute();
  return rows.map((row) => ({ ...row, reasons: [] }));
}

function keyOf({ firstId, secondId }: LikelyPair): string {
  return `${firstId}/${secondId}`;
}

async function writePairs(tx: Tx, ctx: Context, territoryId: Id, pairs: readonly LikelyPair[]) {
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
