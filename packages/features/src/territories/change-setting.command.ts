import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import * as v from 'valibot';
import { isSettingKey, SETTING_SCHEMAS } from './settings.schema.ts';
import { mayShapeTerritory } from './territories.policy.ts';

export interface SettingRequest {
  readonly territoryId: Id;
  readonly key: string;
  readonly value: unknown;
  /** Why, in the coordination's words; kept in the history. */
  readonly reason?: string | undefined;
}

const REASON_MAX_CHARACTERS = 500;

/** Sets one setting of a territory. The value in force before stays in the history. */
export async function changeSetting(
  ctx: Context,
  request: SettingRequest
): Promise<Verdict<undefined, 'not-found' | 'unknown-setting' | 'invalid-setting' | 'reason-too-long'>> {
  if (!isSettingKey(request.key)) return refuse('unknown-setting');
  const key = request.key;
  const parsed = v.safeParse(SETTING_SCHEMAS[key], request.value);
  if (!parsed.success) return refuse('invalid-setting', { key, field: v.getDotPath(parsed.issues[0]) ?? '' });
  if ((request.reason?.length ?? 0) > REASON_MAX_CHARACTERS)
    return refuse('reason-too-long', { limit: REASON_MAX_CHARACTERS });
  return transaction(ctx, 'change-setting', async (tx, ledger) => {
    const territory = await tx
      .selectFrom('territory')
      .select('id')
      .where('id', '=', request.territoryId)
      .executeTakeFirst();
    if (!territory || !mayShapeTerritory(ctx.actor, territory.id)) return refuse('not-found');
    await tx
      .insertInto('territory_setting')
      .values({
        territory_id: territory.id,
        key,
        value: JSON.stringify(parsed.output),
        reason: request.reason || null,
        set_by: ctx.actor.accountId,
        set_at: ctx.now
      })
      .execute();
    ledger.about('territory', territory.id, territory.id, { key });
    return accept();
  });
}
