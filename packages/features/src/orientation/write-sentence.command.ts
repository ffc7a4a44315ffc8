import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { sql } from 'kysely';
import type { RequestWords } from './door.schema.ts';
import { mayFollowRequests } from './requests.policy.ts';

/** Somebody of the team listened to a recording and puts it in one sentence; the recording stays. */
export async function writeSentence(
  ctx: Context,
  request: {
    readonly territoryId: Id;
    readonly requestId: Id;
    readonly sentence: RequestWords['sentence'];
    /** What was shown to whoever writes: the person may have corrected their words meanwhile. */
    readonly version: number;
  }
): Promise<Verdict<undefined, 'not-found' | 'changed-meanwhile'>> {
  const { territoryId, requestId } = request;
  if (!mayFollowRequests(ctx.actor, territoryId) || !isId(requestId)) return refuse('not-found');
  return transaction(ctx, 'write-sentence', async (tx, ledger) => {
    const row = await tx
      .selectFrom('request')
      .select('version')
      .where('id', '=', requestId)
      .where('territory_id', '=', territoryId)
      .where('voice_file_id', 'is not', null)
      .where('state', '<>', 'draft')
      .forUpdate()
      .executeTakeFirst();
    if (!row) return refuse('not-found');
    if (row.version !== request.version) return refuse('changed-meanwhile');
    await tx
      .updateTable('request')
      .set({ sentence: request.sentence, version: sql<number>`version + 1`, updated_at: ctx.now })
      .where('id', '=', requestId)
      .execute();
    ledger.about('request', requestId, territoryId);
    return accept();
  });
}
