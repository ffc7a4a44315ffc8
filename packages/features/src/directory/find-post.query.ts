import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { mayEditSheet } from './directory.policy.ts';
import type { ListedPost } from './list-posts.query.ts';
import type { PostState } from './post-lifecycle.rules.ts';

export interface FoundPost extends ListedPost {
  readonly kind: 'need' | 'offer';
  readonly phone: string | null;
  readonly email: string | null;
  readonly mayEdit: boolean;
}

/** A need or an offer with how to reach its organisation; null when absent or not for this reader. */
export async function findPost(ctx: Context, territoryId: Id, id: Id): Promise<FoundPost | null> {
  if (!isId(id)) return null;
  const row = await reading(ctx, (tx) =>
    tx
      .selectFrom('post')
      .innerJoin('organization', 'organization.id', 'post.organization_id')
      .select(['post.id', 'post.kind', 'category', 'title', 'post.description', 'state', 'outcome'])
      .select(['expires_on as expiresOn', 'posted_at as postedAt', 'phone', 'email', 'created_by as createdBy'])
      .select(['organization.id as organizationId', 'organization.name as organizationName', 'status'])
      .where('post.id', '=', id)
      .where('post.territory_id', '=', territoryId)
      .executeTakeFirst()
  );
  if (!row) return null;
  const { createdBy, status, ...post } = row;
  const mayEdit = mayEditSheet(ctx.actor, { id: row.organizationId, territoryId, createdBy });
  if (!mayEdit && (status !== 'published' || row.state === 'withdrawn')) return null;
  return { ...post, kind: row.kind as FoundPost['kind'], state: row.state as PostState, mayEdit };
}
