import { createHash } from 'node:crypto';
import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { TableRefusal } from '@terreau/formats/read-table';
import { isId, type Id } from '@terreau/kernel/ids';
import type { LocalDate } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { fileOf } from './support-import-rows.ts';
import { keepsCatalogue } from './support.policy.ts';

export const SUPPORT_UPLOAD_MAX_BYTES = 10_000_000;
export const SUPPORT_SOURCE_MAX_CHARACTERS = 120;

export interface PrepareSupportImportRequest {
  readonly territoryId: Id;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  /** Absent: told from the kind of file, or from its name. */
  readonly source: string | null;
  readonly trueOn: LocalDate | null;
}

export type PrepareSupportImportRefusal = 'not-found' | TableRefusal;

/** Reads a file of sheets and keeps it for a confirmation. Nothing of the catalogue is written. */
export async function prepareSupportImport(
  ctx: Context,
  request: PrepareSupportImportRequest
): Promise<Verdict<Id, PrepareSupportImportRefusal>> {
  const { territoryId, fileName, bytes } = request;
  if (!keepsCatalogue(ctx.actor, territoryId) || !isId(territoryId)) return refuse('not-found');
  if (bytes.length > SUPPORT_UPLOAD_MAX_BYTES) return refuse('file-too-large');
  const named = request.source?.trim().slice(0, SUPPORT_SOURCE_MAX_CHARACTERS) ?? '';
  const file = await fileOf({ source: named, trueOn: request.trueOn, fileName, content: bytes, mapping: {} });
  if (!file.ok) return file;
  const stem = fileName.replace(/\.[a-z0-9]{1,8}$/i, '').slice(0, SUPPORT_SOURCE_MAX_CHARACTERS);
  const source = named || (file.value.preset === 'table' ? stem || 'table' : file.value.preset);
  return transaction(ctx, 'prepare-support-import', async (tx, ledger) => {
    const { id } = await tx
      .insertInto('support_import')
      .values({
        territory_id: territoryId,
        preset: file.value.preset,
        mapping: JSON.stringify(file.value.mapping),
        source,
        true_on: request.trueOn,
        file_name: fileName.slice(-255),
        file_sha256: createHash('sha256').update(bytes).digest('hex'),
        content: Buffer.from(bytes),
        started_by: ctx.actor.accountId,
        created_at: ctx.now
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    ledger.about('support-import', id, territoryId, { rows: file.value.rows.length });
    return accept(id);
  });
}
