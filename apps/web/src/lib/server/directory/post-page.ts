import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { findPost } from '@terreau/features/directory/find-post.query';
import { listPosts } from '@terreau/features/directory/list-posts.query';
import { movePost } from '@terreau/features/directory/move-post.command';
import {
  nextStates,
  POST_CATEGORIES,
  POST_STATES,
  type PostState
} from '@terreau/features/directory/post-lifecycle.rules';
import type { Territory } from '@terreau/features/territories/find-territory.query';
import { m } from '#texts/messages.js';
import { textIn, typedIn } from './forms.ts';
import { categoryChoices } from './form-choices.ts';
import { phoneInWords, postInWords } from './sheet-page.ts';
import { territoryAt } from './territory-at.ts';
import { refusalInWords } from './words.ts';

/* Needs and offers are shown alike: one list and one page for both. */

export type PostKind = 'need' | 'offer';

/** A page of the list as the address bar asks for it. */
export async function postListPage(locals: App.Locals, territory: Territory, kind: PostKind, url: URL) {
  const asked = url.searchParams.get('category') ?? '';
  const category = POST_CATEGORIES.find((each) => each === asked);
  const show = url.searchParams.get('show') === 'settled' ? ('settled' as const) : ('live' as const);
  const after = url.searchParams.get('after') ?? undefined;
  const page = await listPosts(locals.context, { territoryId: territory.id, kind, category, show, after });
  const query = new URLSearchParams({
    ...(category ? { category } : {}),
    show,
    ...(page.next ? { after: page.next } : {})
  });
  return {
    kind,
    show,
    category: category ?? '',
    categories: categoryChoices(),
    total: page.total,
    posts: page.posts.map((post) => ({
      ...postInWords({ ...post, kind }, territory.timeZone),
      organizationName: post.organizationName
    })),
    isFirst: !after,
    next: page.next ? `${url.pathname}?${query}` : null
  };
}

/** One need or offer; the wrong kind of address answers "not found". */
export async function postPage(locals: App.Locals, territory: Territory, kind: PostKind, id: string) {
  const post = await findPost(locals.context, territory.id, id);
  if (!post || post.kind !== kind) error(404);
  return {
    kind,
    post: postInWords(post, territory.timeZone),
    organization: { id: post.organizationId, name: post.organizationName },
    phone: phoneInWords(post.phone),
    email: post.email,
    moves: post.mayEdit
      ? nextStates(post.state).map((state) => ({ value: state, label: MOVE_WORDS[state]?.() ?? state }))
      : []
  };
}

const MOVE_WORDS: Partial<Record<PostState, () => string>> = {
  open: m.directory_move_open,
  'in-contact': m.directory_move_in_contact,
  fulfilled: m.directory_move_fulfilled,
  withdrawn: m.directory_move_withdrawn
};

/** The form action that follows a post. */
export async function follow(event: RequestEvent<{ territory: string; post: string }>) {
  const territory = await territoryAt(event.locals, event.params.territory);
  const values = typedIn(await event.request.formData());
  const to = POST_STATES.find((state) => state === textIn(values, 'to'));
  if (!to) return fail(422, { values, ...refusalInWords(m.directory_refusal_unknown_choice()) });
  const verdict = await movePost(event.locals.context, {
    territoryId: territory.id,
    postId: event.params.post,
    to,
    outcome: textIn(values, 'outcome') || null,
    expiresOn: dateIn(textIn(values, 'expiresOn'))
  });
  if (verdict.ok) redirect(303, event.url.pathname);
  if (verdict.code === 'not-found') error(404);
  return fail(409, { values, ...refusalInWords(postRefusal(verdict.code, verdict.details)) });
}

function dateIn(text: string): string | null {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : null;
}

export function postRefusal(
  code: 'too-many-posts' | 'post-date-passed' | 'post-date-too-far' | 'post-move-impossible' | 'outcome-too-long',
  details: Readonly<Record<string, string | number>>
): string {
  switch (code) {
    case 'too-many-posts':
      return m.directory_refusal_too_many({ count: Number(details['count']) });
    case 'post-date-passed':
      return m.directory_refusal_post_date_passed();
    case 'post-date-too-far':
      return m.directory_refusal_post_date_too_far({ days: Number(details['days']) });
    case 'post-move-impossible':
      return m.directory_refusal_post_move_impossible();
    case 'outcome-too-long':
      return m.directory_refusal_text_too_long({ max: Number(details['max']) });
  }
}
