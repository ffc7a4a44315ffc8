import type { Context } from '@terreau/database/context';
import { reading, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { DEFAULT_SETTINGS, isSettingKey, type SettingKey, type SettingValues } from './settings.schema.ts';

/** The settings in force in a territory, defaults included. */
export async function readSettings(ctx: Context, territoryId: Id): Promise<SettingValues> {
  return reading(ctx, (tx) => settingsInForce(tx, territoryId));
}

/** The same inside a transaction that is already open. */
export async function settingsInForce(tx: Tx, territoryId: Id): Promise<SettingValues> {
  const rows = await tx
    .selectFrom('territory_setting')
    .distinctOn('key')
    .select(['key', 'value'])
    .where('territory_id', '=', territoryId)
    .orderBy('key')
    .orderBy('set_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  const known = rows.filter((row) => isSettingKey(row.key)).map((row) => [row.key, row.value]);
  return { ...DEFAULT_SETTINGS, ...(Object.fromEntries(known) as Partial<SettingValues>) };
}

/** One setting in force, for what reads no other. */
export async function settingInForce<Key extends SettingKey>(
  tx: Tx,
  territoryId: Id,
  key: Key
): Promise<SettingValues[Key]> {
  const row = await tx
    .selectFrom('territory_setting')
    .select('value')
    .where('territory_id', '=', territoryId)
    .where('key', '=', key)
    .orderBy('set_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? (row.value as SettingValues[Key]) : DEFAULT_SETTINGS[key];
}

export interface SettingChange {
  readonly key: SettingKey;
  readonly value: unknown;
  readonly reason: string | null;
  readonly setBy: string | null;
  readonly setAt: Date;
}

const HISTORY_MAX_ROWS = 200;

/** Who changed what and why, newest first. */
export async function settingHistory(ctx: Context, territoryId: Id): Promise<SettingChange[]> {
  const rows = await reading(ctx, (tx) =>
    tx
      .selectFrom('territory_setting')
      .leftJoin('account', 'account.id', 'territory_setting.set_by')
      .select(['territory_setting.key', 'value', 'reason', 'account.name as setBy', 'set_at as setAt'])
      .where('territory_id', '=', territoryId)
      .orderBy('set_at', 'desc')
      .orderBy('territory_setting.id', 'desc')
      .limit(HISTORY_MAX_ROWS)
      .execute()
  );
  return rows.filter((row) => isSettingKey(row.key)).map((row) => ({ ...row, key: row.key as SettingKey }));
}
