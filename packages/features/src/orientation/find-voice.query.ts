import type { Context } from '@terreau/database/context';
import type { FileStore } from '@terreau/database/files';
import { reading } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { withReceipt } from '../trust/receipt-access.ts';
import { findDraft } from './find-draft.query.ts';
import { mayFollowRequests } from './requests.policy.ts';
import { sentRequests, sentScope } from './sent-requests.ts';
import { voiceType, type VoiceType } from './voice.rules.ts';

export interface Voice {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: VoiceType;
}

/** The recording of a request, for the team of its territory; null for anybody else. */
export async function findVoice(
  ctx: Context,
  files: FileStore,
  { territoryId, requestId }: { readonly territoryId: Id; readonly requestId: Id }
): Promise<Voice | null> {
  if (!mayFollowRequests(ctx.actor, territoryId) || !isId(requestId)) return null;
  const row = await reading(ctx, (tx) =>
    tx
      .selectFrom('request')
      .select('voice_file_id')
      .where('id', '=', requestId)
      .where('territory_id', '=', territoryId)
      .where('state', '<>', 'draft')
      .executeTakeFirst()
  );
  return read(files, row?.voice_file_id);
}

/** The recording of what somebody is typing, or of what they sent, by its code. */
export async function findOwnVoice(
  ctx: Context,
  files: FileStore,
  { code, requestId }: { readonly code: string; readonly requestId: Id | null }
): Promise<Voice | null> {
  if (requestId === null) return read(files, (await findDraft(ctx, code))?.voiceFileId);
  const own = await reading(ctx, (tx) =>
    withReceipt(tx, code, async (receipt) => sentRequests(tx, sentScope(receipt)))
  );
  return read(files, own?.find(({ id }) => id === requestId)?.voiceFileId);
}

async function read(files: FileStore, fileId: Id | null | undefined): Promise<Voice | null> {
  const bytes = fileId ? await files.read(fileId) : null;
  const type = bytes && voiceType(bytes);
  return bytes && type ? { bytes, type } : null;
}
