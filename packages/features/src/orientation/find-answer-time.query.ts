import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { answerDueAt } from './answer-due.ts';
import { answerWhen } from './answer-when.rules.ts';

/** Before when somebody answers who asks now, in words: said before anything is typed. */
export async function findAnswerTime(ctx: Context, territoryId: Id): Promise<string> {
  return reading(ctx, async (tx) => {
    const { time_zone: timeZone } = await tx
      .selectFrom('territory')
      .select('time_zone')
      .where('id', '=', territoryId)
      .executeTakeFirstOrThrow();
    return answerWhen(await answerDueAt(tx, territoryId, ctx.now), timeZone, ctx.language);
  });
}
