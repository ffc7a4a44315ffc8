import { VISITOR } from '@terreau/database/context';
import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { plusDays } from '@terreau/kernel/instants';
import { expect, test } from 'vitest';
import { addPost, LIVE_POSTS_MAX_COUNT } from './add-post.command.ts';
import { aSheet, aTerritory, anAccount, must, sentMessages, typedPost } from './directory.fixtures.ts';
import { editPost } from './edit-post.command.ts';
import { findPost } from './find-post.query.ts';
import { listPosts, POSTS_PAGE_ROWS } from './list-posts.query.ts';
import { movePost } from './move-post.command.ts';
import { refreshFreshness } from './refresh-freshness.command.ts';

const engine = await testDatabase();
const now = new Date('2026-03-01T10:00:00Z');
const territoryId = await aTerritory(engine);
const author = await anAccount(engine);
const ctx = contextFor(engine, author, now);
const organizationId = await aSheet(engine, territoryId, { name: 'Le Fil' }, author, now);
const visitor = contextFor(engine, VISITOR, now);

const post = async (typed: Record<string, unknown> = {}) =>
  must(await addPost(ctx, { territoryId, organizationId, fields: typedPost(typed) }));
const move = (postId: string, to: 'open' | 'in-contact' | 'fulfilled' | 'withdrawn', more = {}) =>
  movePost(ctx, { territoryId, postId, to, outcome: null, expiresOn: null, ...more });

test('a need goes from open to in contact to settled, with what came of it, and never back', async () => {
  const id = await post({ title: 'Bocaux en verre' });
  must(await move(id, 'in-contact'));
  must(await move(id, 'fulfilled', { outcome: 'La cantine en a donné trente.' }));
  expect(await findPost(visitor, territoryId, id)).toMatchObject({
    state: 'fulfilled',
    outcome: 'La cantine en a donné trente.',
    mayEdit: false
  });
  expect(await move(id, 'open')).toMatchObject({ ok: false, code: 'post-move-impossible' });
});

test('nobody but the organisation and the territory’s team moves or rewrites a post', async () => {
  const id = await post();
  const stranger = contextFor(engine, await anAccount(engine), now);
  const request = { territoryId, postId: id, to: 'withdrawn', outcome: null, expiresOn: null } as const;
  expect(await movePost(stranger, request)).toMatchObject({ ok: false, code: 'not-found' });
  expect(await movePost(visitor, request)).toMatchObject({ ok: false, code: 'not-found' });
  const fields = typedPost({ title: 'Autre chose' });
  expect(await editPost(stranger, { territoryId, organizationId, postId: id, fields })).toMatchObject({
    code: 'not-found'
  });
  must(await editPost(ctx, { territoryId, organizationId, postId: id, fields }));
  expect(await findPost(visitor, territoryId, id)).toMatchObject({ title: 'Autre chose' });
});

test('a withdrawn post is seen by its organisation only, which may open it again', async () => {
  const id = await post();
  must(await move(id, 'withdrawn'));
  expect(await findPost(visitor, territoryId, id)).toBeNull();
  expect(await findPost(ctx, territoryId, id)).toMatchObject({ state: 'withdrawn' });
  must(await move(id, 'open'));
  expect(await findPost(visitor, territoryId, id)).toMatchObject({ state: 'open' });
});

test('a date in the past or more than a year away is refused; without a date a post stands three months', async () => {
  const add = (expiresOn: string) => addPost(ctx, { territoryId, organizationId, fields: typedPost({ expiresOn }) });
  expect(await add('2026-02-28')).toMatchObject({ ok: false, code: 'post-date-passed' });
  expect(await add('2027-06-01')).toMatchObject({ ok: false, code: 'post-date-too-far' });
  expect(await findPost(visitor, territoryId, await post())).toMatchObject({ expiresOn: '2026-05-30' });
});

test('the day after its date a post expires, and its author is asked what came of it', async () => {
  const id = await post({ expiresOn: '2026-03-10', title: 'Une camionnette le 10' });
  must(await move(id, 'in-contact'));
  const at = (text: string) => operatorContext(engine, new Date(text));
  const origin = 'https://terreau.example';
  await refreshFreshness(at('2026-03-10T22:30:00Z'), { origin });
  expect(await findPost(visitor, territoryId, id)).toMatchObject({ state: 'in-contact' });
  await refreshFreshness(at('2026-03-10T23:30:00Z'), { origin });
  expect(await findPost(visitor, territoryId, id)).toMatchObject({ state: 'expired' });
  const asked = (await sentMessages(engine, author.email)).filter((sent) => sent.template === 'directory-post-expired');
  expect(asked.at(-1)?.body_text).toContain(`/needs/${id}`);
  const later = contextFor(engine, author, plusDays(now, 20));
  const reopen = { territoryId, postId: id, to: 'open', outcome: null } as const;
  expect(await movePost(later, { ...reopen, expiresOn: null })).toMatchObject({ ok: false, code: 'post-date-passed' });
  must(await movePost(later, { ...reopen, expiresOn: '2026-04-30' }));
});

test('one organisation cannot fill the list, and the list is read page after page without gap or repeat', async () => {
  const busy = await aSheet(engine, territoryId, { name: 'Débordée' }, author, now);
  const add = () => addPost(ctx, { territoryId, organizationId: busy, fields: typedPost({ kind: 'offer' }) });
  for (let n = 0; n < LIVE_POSTS_MAX_COUNT; n += 1) must(await add());
  expect(await add()).toMatchObject({ ok: false, code: 'too-many-posts' });
  const other = await aSheet(engine, territoryId, { name: 'Autre' }, author, now);
  must(await addPost(ctx, { territoryId, organizationId: other, fields: typedPost({ kind: 'offer' }) }));
  const first = await listPosts(visitor, { territoryId, kind: 'offer', show: 'live' });
  const second = await listPosts(visitor, { territoryId, kind: 'offer', show: 'live', after: first.next! });
  const seen = [...first.posts, ...second.posts].map((listed) => listed.id);
  expect(first.posts).toHaveLength(POSTS_PAGE_ROWS);
  expect(new Set(seen).size).toBe(LIVE_POSTS_MAX_COUNT + 1);
  expect(first.total).toBe(LIVE_POSTS_MAX_COUNT + 1);
  expect(second.next).toBeNull();
});
