import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { sql } from 'kysely';
import { asPlatform } from './as-platform.ts';

/** One year of moderation in a territory: counts only, each share with what it is out of. */
export interface ModerationFigures {
  readonly year: number;
  readonly flags: number;
  readonly flagsAnswered: number;
  readonly decisions: number;
  readonly hidden: number;
  readonly appeals: number;
  readonly appealsAnswered: number;
  /** Contested decisions after which the content came back. */
  readonly appealsUpheld: number;
  /** What could have been flagged: sheets and posts public at the moment of reading. */
  readonly published: number;
}

/** The figures of the calendar year (UTC), for anybody. */
export async function moderationFigures(
  ctx: Context,
  request: { readonly territoryId: Id; readonly year: number }
): Promise<ModerationFigures> {
  const { territoryId, year } = request;
  const from = new Date(Date.UTC(year, 0, 1));
  const to = new Date(Date.UTC(year + 1, 0, 1));
  return reading(ctx, (tx) =>
    asPlatform(tx, async () => {
      const { rows } = await sql<Record<keyof Omit<ModerationFigures, 'year'>, number>>`
        with flags as (select * from flag where territory_id = ${territoryId} and received_at >= ${from} and received_at < ${to}),
        decisions as (select * from moderation_decision
          where territory_id = ${territoryId} and decided_at >= ${from} and decided_at < ${to})
        select (select count(*)::int from flags) as flags,
          (select count(*)::int from flags where decision_id is not null) as "flagsAnswered",
          (select count(*)::int from decisions) as decisions,
          (select count(*)::int from decisions where outcome in ('hidden', 'refused')) as hidden,
          (select count(*)::int from decisions where appealed_at is not null) as appeals,
          (select count(*)::int from decisions where appealed_at is not null and appeal_decision_id is not null) as "appealsAnswered",
          (select count(*)::int from decisions d join moderation_decision a on a.id = d.appeal_decision_id
            where a.outcome in ('restored', 'approved')) as "appealsUpheld",
          (select count(*)::int from organization where territory_id = ${territoryId} and status = 'published')
            + (select count(*)::int from post where territory_id = ${territoryId} and state in ('open', 'in-contact')) as published`.execute(
        tx
      );
      return { year, ...rows[0]! };
    })
  );
}
