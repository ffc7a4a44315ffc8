import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { sql } from 'kysely';
import { asPlatform } from '../trust/as-platform.ts';
import { HAND_OVER_MAX_DOSSIERS } from './hand-over-dossiers.command.ts';
import { mayMovePortfolio, mayOpenDossier } from './support.policy.ts';
import { unaccompaniedDossiers } from './unaccompanied.ts';

export interface Portfolios {
  /** Whose dossiers the reader may hand over, by name: their own; for the coordination, everybody's. */
  readonly people: readonly { readonly id: Id; readonly name: string; readonly dossiers: number }[];
  /** Dossiers in which something is due and that nobody accompanies any more; 0 for whoever may not entrust them. */
  readonly unaccompanied: number;
}

const PEOPLE_MAX_ROWS = 200;

/**
 * Who accompanies how many dossiers, to hand them over; null for whoever hands nothing over. How many, never which: the
 * coordination reads no dossier.
 */
export async function findPortfolios(ctx: Context, territoryId: Id): Promise<Portfolios | null> {
  const { actor } = ctx;
  const movesAll = mayMovePortfolio(actor, territoryId);
  if (!movesAll && !mayOpenDossier(actor, territoryId)) return null;
  return reading(ctx, (tx) =>
    asPlatform(tx, async () => {
      const { rows } = await sql<Portfolios['people'][number]>`
        select a.id, a.name, count(*)::int as dossiers
        from dossier_member m join account a on a.id = m.account_id
        where m.territory_id = ${territoryId} and m.role = 'facilitator' and m.left_at is null
          and (${movesAll} or a.id = ${actor.accountId})
        group by a.id, a.name order by a.name, a.id limit ${PEOPLE_MAX_ROWS}`.execute(tx);
      const waiting = movesAll ? await unaccompaniedDossiers(tx, territoryId, HAND_OVER_MAX_DOSSIERS) : [];
      return { people: rows, unaccompanied: waiting.length };
    })
  );
}
