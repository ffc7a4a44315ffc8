import { contextFor, onServer, operatorContext, testDatabase } from '@terreau/database/testing';
import { reading, transaction } from '@terreau/database/transaction';
import type { Context } from '@terreau/database/context';
import { accept } from '@terreau/kernel/verdict';
import type { Id } from '@terreau/kernel/ids';
import { plusDays } from '@terreau/kernel/instants';
import { sql } from 'kysely';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { addPost } from '../directory/add-post.command.ts';
import { aSheet, aStaffMember, anAccount, must, sentMessages, typedPost } from '../directory/directory.fixtures.ts';
import { answerIntroduction } from './answer-introduction.command.ts';
import { decideE3 } from './decide-e3.command.ts';
import { describeDossier } from './describe-dossier.command.ts';
import { dismissIntroduction } from './dismiss-introduction.command.ts';
import { factsOf } from './facts.ts';
import { findInvitation, listInvitations } from './find-invitation.query.ts';
import { findMeetingsOf } from './find-meetings.query.ts';
import { followIntroductions } from './follow-introductions.command.ts';
import { holdIntroduction } from './hold-introduction.command.ts';
import { describeDossierSchema } from './introduction.schema.ts';
import { listUnmetDossiers } from './list-unmet-dossiers.query.ts';
import { proposeIntroduction } from './propose-introduction.command.ts';
import { renewMeetingLink } from './renew-meeting-link.command.ts';
import { aDossier, aDossierIn, inCircle, inDays, type Accompanied } from './support.fixtures.ts';
import { tellOutcome } from './tell-outcome.command.ts';
import { withdrawIntroduction } from './withdraw-introduction.command.ts';

const engine = await testDatabase(60);
const origin = 'https://terreau.example';

/** A dossier that lacks a room, and a structure that offers one. */
async function twoWhoCouldMeet(email = `${crypto.randomUUID()}@example.org`) {
  const accompanied = await aDossier(engine);
  await describe(accompanied, { needs: ['room'] });
  const structureId = await aSheet(engine, accompanied.territoryId, { email, phone: '04 65 71 00 10' });
  await publish(structureId);
  const offer = typedPost({ kind: 'offer', category: 'room', title: 'Une salle le jeudi', expiresOn: inDays(90) });
  must(
    await addPost(operatorContext(engine), {
      territoryId: accompanied.territoryId,
      organizationId: structureId,
      fields: offer
    })
  );
  return { ...accompanied, structureId, email };
}

async function describe({ territoryId, dossierId, facilitator }: Accompanied, typed: Record<string, unknown>) {
  const fields = v.parse(describeDossierSchema, typed);
  must(await describeDossier(facilitator, { territoryId, dossierId, fields }));
}

async function publish(organizationId: Id) {
  must(
    await transaction(operatorContext(engine), 'publish', async (tx) => {
      await tx
        .updateTable('organization')
        .set({ status: 'published', confirmed_at: new Date() })
        .where('id', '=', organizationId)
        .execute();
      return accept();
    })
  );
}

type Pair = Awaited<ReturnType<typeof twoWhoCouldMeet>>;

async function proposed(pair: Pair): Promise<Id> {
  const { territoryId, dossierId, structureId, facilitator } = pair;
  const counterpart = `organization-${structureId}`;
  return must(
    await proposeIntroduction(facilitator, { territoryId, dossierId, counterpart, words: 'Un projet voisin', origin })
  );
}

function memberOf({ territoryId, structureId }: Pair, role: 'organization-member' = 'organization-member') {
  return anAccount(engine, 'verified', [{ role, territoryId, organizationId: structureId }]).then((account) =>
    contextFor(engine, account)
  );
}

async function tokenSentTo(email: string): Promise<string> {
  const mails = await sentMessages(engine, email);
  return mails
    .map((mail) => /\/meetings\/([\w-]{32})/.exec(mail.body_text)?.[1])
    .filter(Boolean)
    .at(-1)!;
}

const at = (ctx: Context, now: Date): Context => ({ ...ctx, now });
const page = (ctx: Context, { territoryId, dossierId }: Accompanied) => findMeetingsOf(ctx, { territoryId, dossierId });

test('a suggestion is read by whoever accompanies, and by neither side before it is proposed', async () => {
  const pair = await twoWhoCouldMeet();
  const carrier = await inCircle(engine, pair, 'carrier');
  const member = await memberOf(pair);
  const seen = (await page(pair.facilitator, pair))!;
  expect(seen.forFacilitator?.suggestions).toEqual([
    {
      counterpart: `organization-${pair.structureId}`,
      kind: 'complement',
      name: expect.any(String),
      action: 'Une salle le jeudi',
      reasons: [{ code: 'they-offer', categories: ['room'] }]
    }
  ]);
  expect(await page(carrier, pair)).toMatchObject({ forFacilitator: null, introductions: [] });
  expect(await listInvitations(member, pair.territoryId)).toEqual([]);
  expect(await sentMessages(engine, pair.email)).toEqual([]);
  const other = contextFor(engine, await aStaffMember(engine, pair.territoryId, 'coordinator'));
  expect(await page(other, pair)).toBeNull();
});

test('what is put aside does not come back, is told to neither side, and never says that two people are in conflict', async () => {
  const pair = await twoWhoCouldMeet();
  const { territoryId, dossierId, structureId, facilitator } = pair;
  const carrier = await inCircle(engine, pair, 'carrier');
  const request = {
    territoryId,
    dossierId,
    counterpart: `organization-${structureId}`,
    dismissal: 'in-conflict'
  } as const;
  expect(await dismissIntroduction(carrier, request)).toMatchObject({ code: 'role-not-yours' });
  must(await dismissIntroduction(facilitator, request));
  expect((await page(facilitator, pair))!.forFacilitator?.suggestions).toEqual([]);
  expect(await proposeIntroduction(facilitator, { ...request, words: null, origin })).toMatchObject({
    code: 'not-suggested'
  });
  const rowsSeenBy = (ctx: Context) =>
    reading(ctx, (tx) =>
      tx.selectFrom('introduction').select('dismissed_as').where('dossier_id', '=', dossierId).execute()
    );
  expect(await rowsSeenBy(facilitator)).toEqual([{ dismissed_as: 'not-relevant' }]);
  expect(await rowsSeenBy(carrier)).toEqual([]);
  expect(await rowsSeenBy(await memberOf(pair))).toEqual([]);
  const { rows } = await reading(operatorContext(engine), (tx) =>
    sql<{ said: string }>`select string_agg(details::text, ' ') as said from audit`.execute(tx)
  );
  expect(rows[0]!.said).not.toContain('conflict');
});

test('each side is asked apart; whose project it is, and how to reach each other, is told when both said yes', async () => {
  const pair = await twoWhoCouldMeet();
  const { territoryId, dossierId, facilitator, email } = pair;
  const carrier = await inCircle(engine, pair, 'carrier');
  const introductionId = await proposed(pair);
  const token = await tokenSentTo(email);
  const asked = (await findInvitation(contextFor(engine), token))!;
  expect(asked.invitation).toMatchObject({
    state: 'proposed',
    words: 'Un projet voisin',
    project: null,
    contact: null
  });
  expect(JSON.stringify([asked, await sentMessages(engine, email)])).not.toContain('Un atelier de réparation');
  expect(must(await answerIntroduction(contextFor(engine), { by: { token }, answer: 'yes', origin }))).toBe('proposed');
  // The other's answer is not told before both are settled.
  const before = (await page(carrier, pair))!.introductions[0]!;
  expect(before).toMatchObject({ state: 'proposed', ownAnswer: null, otherAnswer: null, contact: null });
  expect((await page(facilitator, pair))!.introductions[0]).toMatchObject({ otherAnswer: 'yes' });
  const by = { territoryId, dossierId, introductionId, side: 'own', agreedAloud: false } as const;
  expect(must(await answerIntroduction(carrier, { by, answer: 'yes', origin }))).toBe('agreed');
  expect((await page(carrier, pair))!.introductions[0]!.contact).toMatchObject({ email, phone: '+33465710010' });
  const shared = (await findInvitation(contextFor(engine), await tokenSentTo(email)))!.invitation!;
  expect(shared).toMatchObject({
    project: 'Un atelier de réparation',
    contact: { name: 'Nadia', phone: '+33600000001' }
  });
  expect(await answerIntroduction(carrier, { by, answer: 'no', origin })).toMatchObject({ code: 'introduction-over' });
});

test('a carrier without an account answers aloud, and whoever accompanies types it; so does a structure on the telephone', async () => {
  const pair = await twoWhoCouldMeet();
  const { territoryId, dossierId, facilitator } = pair;
  const introductionId = await proposed(pair);
  const typed = (side: 'own' | 'other', agreedAloud: boolean) =>
    answerIntroduction(facilitator, {
      by: { territoryId, dossierId, introductionId, side, agreedAloud },
      answer: 'yes',
      origin
    });
  expect(await typed('own', false)).toMatchObject({ code: 'agreement-missing' });
  expect(must(await typed('own', true))).toBe('proposed');
  expect(await typed('own', true)).toMatchObject({ code: 'already-answered' });
  const carrier = await inCircle(engine, pair, 'carrier');
  const forStructure = { territoryId, dossierId, introductionId, side: 'other', agreedAloud: true } as const;
  expect(await answerIntroduction(carrier, { by: forStructure, answer: 'yes', origin })).toMatchObject({
    code: 'role-not-yours'
  });
  expect(must(await typed('other', true))).toBe('agreed');
  const row = await reading(facilitator, (tx) =>
    tx.selectFrom('introduction').select(['own_answered_as', 'other_answered_as']).executeTakeFirstOrThrow()
  );
  expect(row).toEqual({ own_answered_as: 'facilitator', other_answered_as: 'facilitator' });
});

test('a member of the structure answers from their page; a member of another one sees nothing', async () => {
  const pair = await twoWhoCouldMeet();
  const introductionId = await proposed(pair);
  const { territoryId } = pair;
  const member = await memberOf(pair);
  const stranger = await memberOf({ ...pair, structureId: await aSheet(engine, territoryId) });
  const by = { territoryId, introductionId };
  expect(await listInvitations(stranger, territoryId)).toEqual([]);
  expect(await answerIntroduction(stranger, { by, answer: 'yes', origin })).toMatchObject({ code: 'not-found' });
  expect(await listInvitations(member, territoryId)).toMatchObject([{ id: introductionId, project: null }]);
  expect(must(await answerIntroduction(member, { by, answer: 'no', origin }))).toBe('declined');
  // Said no: not suggested again within the year.
  expect((await page(pair.facilitator, pair))!.forFacilitator?.suggestions).toEqual([]);
  const later = at(pair.facilitator, plusDays(new Date(), 366));
  await engine.pool.query(`update post set expires_on = '2099-01-01' where organization_id = $1`, [pair.structureId]);
  expect((await page(later, pair))!.forFacilitator?.suggestions).toHaveLength(1);
});

test('a no is never attributed: the one who said yes hears that the meeting will not take place', async () => {
  const pair = await twoWhoCouldMeet();
  const { territoryId, dossierId } = pair;
  const carrier = await inCircle(engine, pair, 'carrier');
  const introductionId = await proposed(pair);
  must(
    await answerIntroduction(contextFor(engine), {
      by: { token: await tokenSentTo(pair.email) },
      answer: 'yes',
      origin
    })
  );
  const by = { territoryId, dossierId, introductionId, side: 'own', agreedAloud: false } as const;
  expect(must(await answerIntroduction(carrier, { by, answer: 'no', origin }))).toBe('declined');
  const last = (await sentMessages(engine, pair.email)).at(-1)!;
  expect(last.subject).toBe('La rencontre n’aura pas lieu');
  expect(last.body_text).not.toMatch(/refus|a dit non/);
});

test('nobody has more than three proposals before them, and words for the other side hold no number', async () => {
  const pair = await twoWhoCouldMeet();
  const { territoryId, structureId } = pair;
  const counterpart = `organization-${structureId}`;
  const refused = await proposeIntroduction(pair.facilitator, {
    ...pair,
    counterpart,
    words: 'Appelez le 06 12 34 56 78',
    origin
  });
  expect(refused).toMatchObject({ code: 'words-with-contact' });
  for (let count = 0; count < 3; count += 1) {
    const other = await aDossierIn(engine, territoryId);
    await describe(other, { needs: ['room'] });
    must(await proposeIntroduction(other.facilitator, { ...other, counterpart, words: null, origin }));
  }
  expect((await page(pair.facilitator, pair))!.forFacilitator?.suggestions).toEqual([]);
});

test('two dossiers meet when the other one chose to be seen in the territory, and not before', async () => {
  const first = await aDossier(engine, { title: 'Réparer les vélos' });
  const second = await aDossierIn(engine, first.territoryId, { title: 'La recyclerie du port' });
  for (const one of [first, second]) await describe(one, { themes: [THEME] });
  expect((await page(first.facilitator, first))!.forFacilitator?.suggestions).toEqual([]);
  must(
    await transaction(operatorContext(engine), 'show', async (tx) => {
      const shown = { audience: 'territory', title: 'La recyclerie du port', themes: [THEME], sentence: 'Réemployer' };
      await tx
        .insertInto('shared_project')
        .values({
          dossier_id: second.dossierId,
          territory_id: second.territoryId,
          ...shown,
          shared_as: 'carrier',
          shared_at: new Date()
        })
        .execute();
      return accept();
    })
  );
  const counterpart = `dossier-${second.dossierId}`;
  expect((await page(first.facilitator, first))!.forFacilitator?.suggestions).toMatchObject([
    { counterpart, kind: 'close', name: 'La recyclerie du port' }
  ]);
  const introductionId = must(
    await proposeIntroduction(first.facilitator, { ...first, counterpart, words: null, origin })
  );
  const incoming = (await page(second.facilitator, second))!.introductions[0]!;
  expect(incoming).toMatchObject({ id: introductionId, side: 'other', name: '', contact: null });
  const { territoryId } = first;
  const answer = (one: Accompanied) =>
    answerIntroduction(one.facilitator, {
      by: { territoryId, dossierId: one.dossierId, introductionId, side: 'own', agreedAloud: true },
      answer: 'yes',
      origin
    });
  must(await answer(second));
  expect(must(await answer(first))).toBe('agreed');
  expect((await page(second.facilitator, second))!.introductions[0]).toMatchObject({
    name: 'Réparer les vélos',
    contact: { name: 'Nadia' }
  });
});

test('a month after both said yes each is asked what came of it, once; who has already said so is not asked', async () => {
  const pair = await twoWhoCouldMeet();
  const { territoryId, dossierId, facilitator, email } = pair;
  const introductionId = await proposed(pair);
  const token = await tokenSentTo(email);
  must(await answerIntroduction(contextFor(engine), { by: { token }, answer: 'yes', origin }));
  const by = { territoryId, dossierId, introductionId, side: 'own', agreedAloud: true } as const;
  must(await answerIntroduction(facilitator, { by, answer: 'yes', origin }));
  const met = { territoryId, dossierId, introductionId };
  expect(await holdIntroduction(facilitator, { ...met, metOn: inDays(2) })).toMatchObject({
    code: 'meeting-in-the-future'
  });
  must(await holdIntroduction(facilitator, { ...met, metOn: inDays(0) }));
  must(await tellOutcome(facilitator, { by: met, outcome: 'joint-action', note: 'Un atelier en mai' }));
  const lines = await reading(facilitator, (tx) => factsOf(tx, dossierId, [`meeting.${introductionId}`]));
  expect(lines.get(`meeting.${introductionId}`)?.value).toMatch(
    /^Le Fil .+ \(\d\d\/\d\d\/\d{4}\) : Un atelier en mai$/
  );
  const noon = (days: number) => new Date(`${inDays(days)}T10:00:00Z`);
  const round = (days: number) => followIntroductions(operatorContext(engine, noon(days)), { origin });
  const subjects = async (to: string) => (await sentMessages(engine, to)).map((mail) => mail.subject);
  must(await round(29));
  expect(await subjects(email)).not.toContain('Votre rencontre : qu’en est-il sorti ?');
  must(await round(32));
  must(await round(33));
  expect(
    (await subjects(email)).filter((subject) => subject === 'Votre rencontre : qu’en est-il sorti ?')
  ).toHaveLength(1);
  const asker = at(contextFor(engine), noon(33));
  must(await tellOutcome(asker, { by: { token: await tokenSentTo(email) }, outcome: 'shared-means', note: null }));
  expect((await findInvitation(asker, await tokenSentTo(email)))!.invitation?.outcome).toBe('shared-means');
});

test('what is taken back asks nothing a month later, and its link shows nothing', async () => {
  const pair = await twoWhoCouldMeet();
  const { territoryId, dossierId, facilitator, email } = pair;
  const introductionId = await proposed(pair);
  const token = await tokenSentTo(email);
  must(await withdrawIntroduction(facilitator, { territoryId, dossierId, introductionId, origin }));
  expect(await answerIntroduction(contextFor(engine), { by: { token }, answer: 'yes', origin })).toMatchObject({
    code: 'link-expired'
  });
  const count = (await sentMessages(engine, email)).length;
  must(await followIntroductions(operatorContext(engine, new Date(`${inDays(40)}T10:00:00Z`)), { origin }));
  expect(await sentMessages(engine, email)).toHaveLength(count);
});

test('a proposal without both answers ends after thirty days, and can be made again', async () => {
  const pair = await twoWhoCouldMeet();
  await proposed(pair);
  const later = new Date(`${inDays(31)}T10:00:00Z`);
  must(await followIntroductions(operatorContext(engine, later), { origin }));
  const seen = (await page(at(pair.facilitator, later), pair))!;
  expect(seen.introductions[0]?.state).toBe('expired');
  expect(seen.forFacilitator?.suggestions).toHaveLength(1);
});

test('a link that has expired shows nothing, and the same page sends a new one', async () => {
  const pair = await twoWhoCouldMeet();
  await proposed(pair);
  const token = await tokenSentTo(pair.email);
  const later = at(contextFor(engine), plusDays(new Date(), 9));
  expect(await findInvitation(later, token)).toMatchObject({ isLive: false, invitation: null });
  expect(await answerIntroduction(later, { by: { token }, answer: 'yes', origin })).toMatchObject({
    code: 'link-expired'
  });
  must(await renewMeetingLink(later, { token, origin }));
  expect(await renewMeetingLink(later, { token, origin })).toMatchObject({ code: 'just-sent' });
  const renewed = await tokenSentTo(pair.email);
  expect(must(await answerIntroduction(later, { by: { token: renewed }, answer: 'yes', origin }))).toBe('proposed');
  expect(await findInvitation(later, 'x'.repeat(32))).toBeNull();
});

test('how the project goes on is kept with the name of the structure, and said again at will', async () => {
  const pair = await twoWhoCouldMeet();
  const { territoryId, dossierId } = pair;
  const carrier = await inCircle(engine, pair, 'carrier');
  const introductionId = await proposed(pair);
  const decide = (decision: 'alone' | 'with', introduction: string) =>
    decideE3(carrier, { territoryId, dossierId, decision, introductionId: introduction });
  expect(await decide('with', '')).toMatchObject({ code: 'with-whom-missing' });
  must(await decide('with', introductionId));
  const { name } = (await page(carrier, pair))!.introductions[0]!;
  expect((await page(carrier, pair))!.decision).toEqual({ decision: 'with', with: name });
  must(await decide('alone', ''));
  expect((await page(carrier, pair))!.decision).toEqual({ decision: 'alone', with: null });
});

test('a close action known for a month without a proposal is one line of the week of whoever accompanies', async () => {
  const pair = await twoWhoCouldMeet();
  const { territoryId, facilitator } = pair;
  await describe(pair, { themes: [THEME], needs: ['room'] });
  const round = (days: number) =>
    followIntroductions(operatorContext(engine, new Date(`${inDays(days)}T10:00:00Z`)), { origin });
  must(await round(0));
  expect(await listUnmetDossiers(facilitator, territoryId)).toEqual([]);
  const later = at(facilitator, plusDays(new Date(), 32));
  expect(await listUnmetDossiers(later, territoryId)).toMatchObject([{ id: pair.dossierId }]);
  await proposed(pair);
  expect(await listUnmetDossiers(later, territoryId)).toEqual([]);
});

test('of twenty who propose the same meeting at once, one does', async ({ skip }) => {
  if (!onServer()) skip('only a server has several connections');
  const pair = await twoWhoCouldMeet();
  const { territoryId, dossierId, structureId, facilitator } = pair;
  const request = { territoryId, dossierId, counterpart: `organization-${structureId}`, words: null, origin };
  const verdicts = await Promise.all(Array.from({ length: 20 }, () => proposeIntroduction(facilitator, request)));
  expect(verdicts.filter((verdict) => verdict.ok)).toHaveLength(1);
});

const THEME = 'equipement-et-alimentation--habillement';
