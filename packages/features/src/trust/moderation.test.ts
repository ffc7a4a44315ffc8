import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { reading } from '@terreau/database/transaction';
import { expect, test } from 'vitest';
import { addPost } from '../directory/add-post.command.ts';
import { decideOrganization } from '../directory/decide-organization.command.ts';
import {
  aSheet,
  aStaffMember,
  aTerritory,
  anAccount,
  must,
  sentMessages,
  typedPost
} from '../directory/directory.fixtures.ts';
import { findPost } from '../directory/find-post.query.ts';
import { appealDecision } from './appeal-decision.command.ts';
import { decideContent } from './decide-content.command.ts';
import { findDecision } from './find-decision.query.ts';
import { flagContent, FLAGS_BY_ADDRESS } from './flag-content.command.ts';
import { moderationCase } from './moderation-case.query.ts';
import { moderationFigures } from './moderation-figures.query.ts';
import { moderationQueue } from './moderation-queue.query.ts';
import { risk } from './moderation.rules.ts';

const engine = await testDatabase();
const territoryId = await aTerritory(engine);
const moderator = contextFor(engine, await aStaffMember(engine, territoryId));
const another = contextFor(engine, await aStaffMember(engine, territoryId));
const visitor = contextFor(engine);
const place = { origin: 'https://terreau.example', slug: 'valbrune' };
const flag = (subjectKind: 'organization' | 'post', subjectId: string, reason = 'false', address = '2001:db8::1') =>
  flagContent(visitor, {
    territoryId,
    subjectKind,
    subjectId,
    reason,
    details: 'Le nom d’une personne',
    contact: null,
    address
  });

async function aPost() {
  const account = await anAccount(engine);
  const author = contextFor(engine, account);
  const organizationId = await aSheet(engine, territoryId, {}, account);
  const id = must(
    await addPost(author, { territoryId, organizationId, fields: typedPost({ title: 'Une salle le jeudi' }) })
  );
  return { id, author, email: account.email };
}
const whole = (id: string) =>
  reading(operatorContext(engine), (tx) =>
    tx.selectFrom('post').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  );

test('what could hurt somebody comes first; what waits climbs; every weight can be added by hand', () => {
  const now = new Date('2026-06-10T00:00:00Z');
  const facts = { isHeld: false, isAppealed: false, authorIsNew: false, waitingSince: now };
  expect(risk({ ...facts, flags: { 'private-data': 1 } }, now)).toBe(8);
  expect(risk({ ...facts, flags: { spam: 1 } }, now)).toBe(2);
  expect(risk({ ...facts, flags: { spam: 8 } }, now)).toBe(8);
  expect(risk({ ...facts, flags: { spam: 1 }, waitingSince: new Date('2026-06-01T00:00:00Z') }, now)).toBe(11);
  expect(risk({ ...facts, flags: {}, isHeld: true, authorIsNew: true, isAppealed: true }, now)).toBe(9);
});

test('anybody flags without an account; the team alone sees the queue, the riskiest first', async () => {
  const [mild, grave] = [await aPost(), await aPost()];
  must(await flag('post', mild.id, 'spam'));
  must(await flag('post', grave.id, 'private-data'));
  expect(await flag('post', grave.id, 'because')).toMatchObject({ code: 'reason-missing' });
  expect(await moderationQueue(visitor, territoryId)).toBeNull();
  expect(
    await moderationQueue(contextFor(engine, await aStaffMember(engine, await aTerritory(engine))), territoryId)
  ).toBeNull();
  const { cases } = (await moderationQueue(moderator, territoryId))!;
  const order = cases.map((one) => one.content.id);
  expect(order.indexOf(grave.id)).toBeLessThan(order.indexOf(mild.id));
  const opened = (await moderationCase(moderator, { territoryId, kind: 'post', id: grave.id }))!;
  expect(opened.flags).toMatchObject([{ reason: 'private-data', details: 'Le nom d’une personne' }]);
});

test('one address cannot flood the queue', async () => {
  const { id } = await aPost();
  for (let n = 0; n < FLAGS_BY_ADDRESS.hits; n += 1) must(await flag('post', id, 'spam', '203.0.113.9'));
  expect(await flag('post', id, 'spam', '203.0.113.9')).toMatchObject({ code: 'too-many-attempts' });
});

test('hidden, explained, contested, restored: the words come back as they were', async () => {
  const { id, author, email } = await aPost();
  must(await flag('post', id, 'insult'));
  const before = await whole(id);
  const decide = (ctx: typeof moderator, outcome: string, explanation: string | null = null) =>
    decideContent(ctx, { territoryId, kind: 'post', id, outcome, reason: 'insult', explanation, ...place });
  expect(await decide(visitor, 'hidden', 'x')).toMatchObject({ code: 'not-found' });
  expect(await decide(moderator, 'hidden')).toMatchObject({ code: 'explanation-missing' });
  const decisionId = must(await decide(moderator, 'hidden', 'Une phrase blesse.'));
  expect(await flag('post', id)).toMatchObject({ code: 'not-found' });
  const [mail] = await sentMessages(engine, email);
  expect(mail?.body_text).toContain('Une phrase blesse.');
  expect(mail?.body_text).toContain(`https://terreau.example/valbrune/moderation/decisions/${decisionId}`);

  const stranger = contextFor(engine, await anAccount(engine));
  expect(await findDecision(stranger, { territoryId, decisionId })).toBeNull();
  expect(await appealDecision(stranger, { territoryId, decisionId, text: 'Non' })).toMatchObject({ code: 'not-found' });
  expect(await findDecision(author, { territoryId, decisionId })).toMatchObject({ mayContest: true });
  must(await appealDecision(author, { territoryId, decisionId, text: 'C’est une citation.' }));
  expect(await appealDecision(author, { territoryId, decisionId, text: 'Encore' })).toMatchObject({
    code: 'already-contested'
  });
  const queued = (await moderationQueue(moderator, territoryId))!.cases.find((one) => one.content.id === id);
  expect(queued).toMatchObject({ isAppealed: true });
  expect(await decide(moderator, 'kept', 'Toujours')).toMatchObject({ code: 'same-moderator' });
  must(await decide(another, 'restored'));
  expect(await whole(id)).toEqual(before);
  expect((await moderationQueue(moderator, territoryId))!.cases.map((one) => one.content.id)).not.toContain(id);
  expect(await findPost(visitor, territoryId, id)).toMatchObject({ title: 'Une salle le jeudi' });
});

test('a decision on a sheet, taken in the directory, answers its flags too', async () => {
  const organizationId = await aSheet(engine, territoryId);
  must(await flag('organization', organizationId, 'false'));
  must(
    await decideOrganization(moderator, {
      territoryId,
      organizationId,
      decision: 'hidden',
      reason: 'false',
      explanation: 'Elle a fermé.',
      ...place
    })
  );
  const opened = (await moderationCase(moderator, { territoryId, kind: 'organization', id: organizationId }))!;
  expect(opened.flags).toEqual([]);
  expect(opened.decisions).toMatchObject([{ outcome: 'hidden' }]);
});

test('whoever flagged and left a way to be reached learns what was decided, once, and nothing of who wrote it', async () => {
  const { id } = await aPost();
  const from = (contact: string | null, ctx = visitor) =>
    flagContent(ctx, {
      territoryId,
      subjectKind: 'post',
      subjectId: id,
      reason: 'false',
      details: null,
      contact,
      address: '2001:db8::7'
    });
  const member = await anAccount(engine);
  for (const contact of ['voisine@exemple.fr', 'voisine@exemple.fr', '06 00 00 00 07', 'au café', null])
    must(await from(contact));
  must(await from(null, contextFor(engine, member)));
  must(
    await decideContent(moderator, {
      territoryId,
      kind: 'post',
      id,
      outcome: 'kept',
      reason: 'fine',
      explanation: 'Le mot est exact.',
      ...place
    })
  );
  const answers = await sentMessages(engine, 'voisine@exemple.fr');
  expect(answers).toHaveLength(1);
  expect(answers[0]!.body_text).toContain('cela reste affiché');
  expect(answers[0]!.body_text).toContain('https://terreau.example/');
  expect(answers[0]!.body_text).not.toContain('Le mot est exact.');
  expect(await sentMessages(engine, '06 00 00 00 07')).toHaveLength(1);
  expect(await sentMessages(engine, member.email)).toHaveLength(1);
  expect(await sentMessages(engine, 'au café')).toEqual([]);
});

test('the mail about a sheet that is no longer shown leads to where its author contests it; who flagged it is answered', async () => {
  const account = await anAccount(engine);
  const author = contextFor(engine, account);
  const organizationId = await aSheet(engine, territoryId, {}, account);
  must(
    await flagContent(visitor, {
      territoryId,
      subjectKind: 'organization',
      subjectId: organizationId,
      reason: 'false',
      details: null,
      contact: 'passant@exemple.fr',
      address: '2001:db8::8'
    })
  );
  must(
    await decideOrganization(moderator, {
      territoryId,
      organizationId,
      decision: 'hidden',
      reason: 'false',
      explanation: 'Elle a fermé.',
      ...place
    })
  );
  const mails = await sentMessages(engine, account.email);
  const link = /\/moderation\/decisions\/(\S+)/.exec(mails.at(-1)!.body_text);
  expect(await findDecision(author, { territoryId, decisionId: link![1]! })).toMatchObject({ mayContest: true });
  must(await appealDecision(author, { territoryId, decisionId: link![1]!, text: 'Elle a seulement déménagé.' }));
  const [answer] = await sentMessages(engine, 'passant@exemple.fr');
  expect(answer!.body_text).toContain('n’est plus affiché');
});

test('the year’s figures are for everybody, and say what they are out of', async () => {
  const figures = await moderationFigures(visitor, { territoryId, year: new Date().getUTCFullYear() });
  expect(figures).toMatchObject({ appeals: 2, appealsAnswered: 1, appealsUpheld: 1, hidden: 3 });
  expect(figures.flagsAnswered).toBeLessThan(figures.flags);
  expect(figures.published).toBeGreaterThan(3);
  expect((await moderationFigures(visitor, { territoryId, year: 2020 })).flags).toBe(0);
});
