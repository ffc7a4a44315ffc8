import type { Context } from '@terreau/database/context';
import type { Id } from '@terreau/kernel/ids';
import { must } from '../directory/directory.fixtures.ts';
import { readFields } from '../directory/directory.schema.ts';
import { saveSupport } from './save-support.command.ts';
import { supportSchema, type SupportFields } from './support.schema.ts';

/** A sheet as it would be typed: funding with a source, unless told otherwise. */
export function typedSupport(typed: Record<string, unknown> = {}): SupportFields {
  const read = readFields(supportSchema, {
    kind: 'funding',
    title: 'Fonds de quartier',
    sourceUrl: 'https://exemple.fr/fonds',
    ...typed
  });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.value;
}

export async function aSupport(
  ctx: Context,
  territoryId: Id,
  typed: Record<string, unknown> = {},
  more: { readonly isChecked?: boolean; readonly isDraft?: boolean } = {}
): Promise<Id> {
  const fields = typedSupport(typed);
  return must(
    await saveSupport(ctx, { territoryId, supportId: null, fields, isChecked: true, isDraft: false, ...more })
  );
}
