import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { findContent } from './moderated-content.ts';
import type { SubjectKind } from './moderation.rules.ts';

/** What a flag would be about: its title and its page; null when it is not public. */
export async function findFlaggable(
  ctx: Context,
  request: { readonly territoryId: Id; readonly kind: SubjectKind; readonly id: Id }
): Promise<{ title: string; path: string } | null> {
  const content = await reading(ctx, (tx) => findContent(tx, request.territoryId, request.kind, request.id));
  return content?.state === 'shown' ? { title: content.title, path: content.path } : null;
}
