import type { Context } from '@terreau/database/context';
import type { Tx } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { localDate, plusDays } from '@terreau/kernel/instants';
import content from './coordination-work.json' with { type: 'json' };

export interface CoordinationWorkSeed {
  readonly territoryId: Id;
  readonly neighbourhoods: ReadonlyMap<string, Id>;
  readonly accounts: ReadonlyMap<string, Id>;
  readonly timeZone: string;
}

const YEAR_DAYS = 365;
/** One line of each facilitator every so many days. */
const EVERY_DAYS = 6;

/** A year of coordination time of the six facilitators: what is of no dossier. */
export async function insertCoordinationWork(
  tx: Tx,
  ctx: Context,
  { territoryId, neighbourhoods, accounts, timeZone }: CoordinationWorkSeed
): Promise<void> {
  const rows = content.team.flatMap((member, position) =>
    Array.from({ length: Math.floor(YEAR_DAYS / EVERY_DAYS) }, (_, index) => {
      const work = content.works[(position * 5 + index) % content.works.length]!;
      const writtenAt = plusDays(ctx.now, -(1 + position + index * EVERY_DAYS));
      return {
        id: newId(writtenAt.getTime()),
        territory_id: territoryId,
        client_id: newId(),
        happened_on: localDate(writtenAt, timeZone),
        minutes: work.minutes,
        kind: work.kind,
        themes: work.themes ?? [],
        neighbourhood_id: neighbourhoods.get(member.neighbourhood)!,
        sentence: work.sentence,
        written_by: accounts.get(member.by)!,
        written_at: writtenAt
      };
    })
  );
  await tx.insertInto('coordination_work').values(rows).execute();
}
