import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { readPhone } from '@terreau/formats/cells';
import { countAttempts } from '../accounts/count-attempts.ts';
import { networkOf, type RateLimit } from '../accounts/rate-limit.rules.ts';
import { asPlatform } from '../trust/as-platform.ts';
import { hashOfReceipt, newReceiptCode } from '../trust/receipt-code.ts';
import { DOOR_FIELDS, type DoorKind, type TypedDoor } from './door.schema.ts';

/** New drafts from one network address; saving one again counts for nothing. */
const DRAFTS_BY_ADDRESS: RateLimit = { name: 'draft-address', hits: 60, minutes: 60 };
const KEPT_MAX_CHARACTERS = 1000;

export interface SaveDraft {
  readonly territoryId: Id;
  readonly door: DoorKind;
  readonly typed: TypedDoor;
  /** The code of the draft that is saved again; a code that opens no draft makes a new one. */
  readonly code: string | null;
  readonly address: string;
}

/** Keeps what is being typed, as it is typed, and gives the code that brings it back on another telephone. */
export async function saveDraft(
  ctx: Context,
  request: SaveDraft
): Promise<Verdict<{ readonly code: string; readonly draftId: Id }, 'not-found' | 'too-many-attempts'>> {
  const typed = JSON.stringify(kept(request.typed));
  const again = await transaction(ctx, 'save-draft', async (tx) => {
    const draftId = await asPlatform(tx, () => saveAgain(tx, ctx, request, typed));
    return draftId ? accept({ code: request.code!, draftId }) : refuse('not-found');
  });
  if (again.ok) return again;
  const counted = await countAttempts(ctx.engine, ctx.now, [
    { limit: DRAFTS_BY_ADDRESS, who: networkOf(request.address) }
  ]);
  if (!counted.ok) return counted;
  return transaction(ctx, 'start-draft', async (tx, ledger) =>
    asPlatform(tx, async () => {
      const code = newReceiptCode();
      const row = await tx
        .insertInto('request')
        .values({
          territory_id: request.territoryId,
          door: request.door,
          code_hash: hashOfReceipt(code)!,
          typed,
          language: ctx.language,
          created_at: ctx.now,
          state_changed_at: ctx.now,
          updated_at: ctx.now
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      ledger.about('request', row.id, request.territoryId, { door: request.door });
      return accept({ code, draftId: row.id });
    })
  );
}

async function saveAgain(tx: Tx, ctx: Context, request: SaveDraft, typed: string): Promise<Id | undefined> {
  const hash = request.code ? hashOfReceipt(request.code) : null;
  if (!hash) return undefined;
  const row = await tx
    .updateTable('request')
    .set({ typed, updated_at: ctx.now })
    .where('code_hash', '=', hash)
    .where('territory_id', '=', request.territoryId)
    .where('door', '=', request.door)
    .where('state', '=', 'draft')
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

/** The fields of the form and nothing else, bounded; a whole telephone number is written as others are, to be found by an erasure. */
function kept(typed: TypedDoor): TypedDoor {
  const entries = DOOR_FIELDS.map((name) => [name, typed[name].slice(0, KEPT_MAX_CHARACTERS)] as const);
  const fields = Object.fromEntries(entries) as TypedDoor;
  return { ...fields, phone: readPhone(fields.phone).value ?? fields.phone, email: fields.email.trim().toLowerCase() };
}
