import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import type { DimensionCounts } from './diagnosis-counts.rules.ts';
import { isReleaseReady } from './release-diagnosis-counts.command.ts';
import { mayCountDiagnoses } from './support.policy.ts';

const RELEASES_MAX_COUNT = 30;

export interface DiagnosisRelease {
  readonly number: number;
  readonly structures: number;
  readonly releasedAt: Instant;
  readonly dimensions: readonly DimensionCounts[];
}

/** The releases of a territory, the latest first, and whether another could be made; null for whoever coordinates nothing. */
export async function listDiagnosisCounts(
  ctx: Context,
  territoryId: Id
): Promise<{ readonly releases: readonly DiagnosisRelease[]; readonly isReady: boolean } | null> {
  if (!mayCountDiagnoses(ctx.actor, territoryId)) return null;
  return reading(ctx, async (tx) => {
    const rows = await tx
      .selectFrom('diagnosis_release')
      .select(['number', 'structures', 'released_at', 'counts'])
      .where('territory_id', '=', territoryId)
      .orderBy('number', 'desc')
      .limit(RELEASES_MAX_COUNT)
      .execute();
    const releases = rows.map((row) => ({
      number: row.number,
      structures: row.structures,
      releasedAt: row.released_at,
      dimensions: row.counts as unknown as DimensionCounts[]
    }));
    return { releases, isReady: await isReleaseReady(tx, territoryId) };
  });
}
