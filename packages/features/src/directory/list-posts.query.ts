import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import type { Instant, LocalDate } from '@terreau/kernel/instants';
import type { PostState } from './post-lifecycle.rules.ts';

export const POSTS_PAGE_ROWS = 30;

export interface ListedPost {
  readonly id: Id;
  readonly category: string;
  readonly title: string;
  readonly description: string | null;
  readonly state: PostState;
  readonly outcome: string | null;
  readonly expiresOn: LocalDate;
  readonly postedAt: Instant;
  readonly organizationId: Id;
  readonly organizationName: string;
}

export interface PostPage {
  readonly posts: ListedPost[];
  /** Posts of the same list in all. */
  readonly total: number;
  readonly next: Id | null;
}

export interface PostSearch {
  readonly territoryId: Id;
  readonly kind: 'need' | 'offer';
  readonly category?: string | undefined;
  /** `live`: open or in contact; `settled`: fulfilled, with what came of it. */
  readonly show: 'live' | 'settled';
  readonly after?: string | undefined;
}

/** Needs or offers of the published organisations of a territory, newest first. */
export async function listPosts(ctx: Context, search: PostSearch): Promise<PostPage> {
  return reading(ctx, async (tx) => {
    const matching = tx
      .selectFrom('post')
      .innerJoin('organization', 'organization.id', 'post.organization_id')
      .where('post.territory_id', '=', search.territoryId)
      .where('post.kind', '=', search.kind)
      .where('post.state', 'in', search.show === 'live' ? ['open', 'in-contact'] : ['fulfilled'])
      .where('organization.status', '=', 'published')
      .$if(search.category !== undefined, (query) => query.where('post.category', '=', search.category!));
    const { total } = await matching
      .select((select) => select.fn.countAll<string>().as('total'))
      .executeTakeFirstOrThrow();
    const rows = await matching
      .select(['post.id', 'category', 'title', 'post.description', 'state', 'outcome', 'expires_on as expiresOn'])
      .select(['posted_at as postedAt', 'organization.id as organizationId', 'organization.name as organizationName'])
      .$if(isId(search.after), (query) => query.where('post.id', '<', search.after!))
      .orderBy('post.id', 'desc')
      .limit(POSTS_PAGE_ROWS + 1)
      .execute();
    const posts = rows.slice(0, POSTS_PAGE_ROWS).map((row) => ({ ...row, state: row.state as PostState }));
    return { posts, total: Number(total), next: rows.length > POSTS_PAGE_ROWS ? posts.at(-1)!.id : null };
  });
}
