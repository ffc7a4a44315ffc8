import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import { displayPhone } from '@terreau/formats/cells';
import type { Id } from '@terreau/kernel/ids';
import { asPlatform } from '../trust/as-platform.ts';
import { hashOfReceipt } from '../trust/receipt-code.ts';
import type { DoorKind, TypedDoor } from './door.schema.ts';

/** What a code brings back while nothing was sent. */
export interface Draft {
  readonly id: Id;
  readonly territoryId: Id;
  /** The address of its territory. */
  readonly slug: string;
  readonly door: DoorKind;
  readonly typed: TypedDoor;
  readonly voiceFileId: Id | null;
}

/** The draft that `code` opens, or null: sent, erased and unknown answer alike. */
export async function findDraft(ctx: Context, code: string): Promise<Draft | null> {
  const hash = hashOfReceipt(code);
  if (!hash) return null;
  const row = await reading(ctx, (tx) =>
    asPlatform(tx, () =>
      tx
        .selectFrom('request')
        .innerJoin('territory', 'territory.id', 'request.territory_id')
        .select(['request.id', 'territory_id as territoryId', 'slug', 'door', 'typed', 'voice_file_id as voiceFileId'])
        .where('code_hash', '=', hash)
        .where('state', '=', 'draft')
        .where('closed_at', 'is', null)
        .executeTakeFirst()
    )
  );
  if (!row) return null;
  const typed = row.typed as unknown as TypedDoor;
  return { ...row, door: row.door as DoorKind, typed: { ...typed, phone: displayPhone(typed.phone) } };
}
