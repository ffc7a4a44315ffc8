import type { Context } from '@terreau/database/context';
import type { FileStore } from '@terreau/database/files';
import { transaction } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { asPlatform } from '../trust/as-platform.ts';
import { hashOfReceipt } from '../trust/receipt-code.ts';
import { checkVoice, type VoiceProblem } from './voice.rules.ts';

/**
 * Keeps a recording with the draft that `code` opens; null takes it away. The one before goes. A file that no request
 * names any more is removed by the nightly sweep as well.
 */
export async function attachVoice(
  ctx: Context,
  files: FileStore,
  { code, bytes }: { readonly code: string; readonly bytes: Uint8Array | null }
): Promise<Verdict<undefined, 'code-unknown' | VoiceProblem>> {
  const checked = bytes ? checkVoice(bytes) : accept();
  if (!checked.ok) return checked;
  const fileId = bytes ? newId() : null;
  if (bytes) await files.write(fileId!, bytes);
  const verdict = await name(ctx, code, fileId);
  const useless = verdict.ok ? verdict.value : fileId;
  if (useless) await files.remove(useless);
  return verdict.ok ? accept() : verdict;
}

/** Answers the file that the draft named before, or null. */
async function name(ctx: Context, code: string, fileId: Id | null): Promise<Verdict<Id | null, 'code-unknown'>> {
  const hash = hashOfReceipt(code);
  if (!hash) return refuse('code-unknown');
  return transaction(ctx, 'attach-voice', async (tx, ledger) => {
    const verdict = await asPlatform(tx, async () => {
      const draft = await tx
        .selectFrom('request')
        .select(['id', 'territory_id', 'voice_file_id'])
        .where('code_hash', '=', hash)
        .where('state', '=', 'draft')
        .forUpdate()
        .executeTakeFirst();
      if (!draft) return null;
      await tx
        .updateTable('request')
        .set({ voice_file_id: fileId, updated_at: ctx.now })
        .where('id', '=', draft.id)
        .execute();
      return draft;
    });
    if (!verdict) return refuse('code-unknown');
    ledger.about('request', verdict.id, verdict.territory_id);
    return accept(verdict.voice_file_id);
  });
}
