import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import type { Instant } from '@terreau/kernel/instants';
import { asPlatform } from '../trust/as-platform.ts';
import { findLink } from './reply-links.ts';

export interface SurveyToAnswer {
  readonly territory: string;
  readonly slug: string;
  /** When the request was sent: enough to recognise it, and nothing of what it says. */
  readonly submittedAt: Instant;
  readonly timeZone: string;
}

/** The survey behind the link of a message, as long as it waits for an answer; `used` once it was given; null otherwise. */
export async function findSurvey(ctx: Context, token: string): Promise<SurveyToAnswer | 'used' | null> {
  return reading(ctx, (tx) =>
    asPlatform(tx, async () => {
      const link = await findLink(tx, 'survey', token);
      if (!link) return null;
      if (link.usedAt) return 'used';
      if (link.expiresAt <= ctx.now) return null;
      const row = await tx
        .selectFrom('request')
        .innerJoin('territory', 'territory.id', 'request.territory_id')
        .select(['territory.name as territory', 'territory.slug', 'submitted_at as submittedAt'])
        .select('territory.time_zone as timeZone')
        .where('request.id', '=', link.requestId)
        .executeTakeFirst();
      return row ? { ...row, submittedAt: row.submittedAt! } : null;
    })
  );
}
