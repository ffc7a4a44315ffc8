import type { Context } from '@terreau/database/context';
import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { reading } from '@terreau/database/transaction';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { aSheet, aStaffMember, must } from '../directory/directory.fixtures.ts';
import { aSupport } from '../orientation/support.fixtures.ts';
import { exportOwnData } from '../trust/export-own-data.query.ts';
import { exportPerson } from '../trust/export-person.command.ts';
import { addPiece } from './add-piece.command.ts';
import { arrangePiece } from './arrange-piece.command.ts';
import { findMessageDraft } from './find-message-draft.query.ts';
import { findThread } from './find-thread.query.ts';
import { listReads } from './list-reads.query.ts';
import { listThreads } from './list-threads.query.ts';
import { settleDraft } from './settle-draft.command.ts';
import { aDossier, inCircle, inDays, type Accompanied } from './support.fixtures.ts';
import { messageSchema, pieceSchema } from './talk.schema.ts';
import { writeMessage } from './write-message.command.ts';

const engine = await testDatabase();
const origin = 'https://terreau.example';

const typed = (fields: Record<string, unknown>) => v.parse(messageSchema, fields);
const typedPiece = (fields: Record<string, unknown>) => v.parse(pieceSchema, fields);

const place = ({ territoryId, dossierId }: Accompanied) => ({ territoryId, dossierId });

function open(
  who: Context,
  dossier: Accompanied,
  fields: Record<string, unknown>,
  audience: 'circle' | 'advisers' = 'circle'
) {
  const to = { subject: 'Trouver un local', audience };
  return writeMessage(who, { ...place(dossier), to, fields: typed(fields), origin });
}

function reply(who: Context, dossier: Accompanied, threadId: string, fields: Record<string, unknown>) {
  return writeMessage(who, { ...place(dossier), to: { threadId }, fields: typed(fields), origin });
}

/** Mails that wait for this account, and the templates of which they are. */
function mailsTo(ctx: Context) {
  return reading(operatorContext(engine), (tx) =>
    tx
      .selectFrom('outbox')
      .selectAll()
      .where('account_id', '=', ctx.actor.accountId)
      .where('template', '=', 'talk-message')
      .orderBy('id')
      .execute()
  );
}

const later = (ctx: Context, minutes: number): Context => ({
  ...ctx,
  now: new Date(ctx.now.getTime() + minutes * 60_000)
});

test('a message is read by the circle and by nobody else, and each look is written down', async () => {
  const dossier = await aDossier(engine);
  const carrier = await inCircle(engine, dossier, 'carrier');
  const observer = await inCircle(engine, dossier, 'observer');
  const { threadId } = must(await open(dossier.facilitator, dossier, { text: 'Le local du 14 est libre.' }));
  const read = (who: Context) => findThread(who, { ...place(dossier), threadId });
  expect((await read(carrier))?.messages[0]?.pieces[0]?.words).toBe('Le local du 14 est libre.');
  expect((await read(observer))?.mayWrite).toBe(false);
  expect(await reply(observer, dossier, threadId, { text: 'Et moi ?' })).toMatchObject({ code: 'not-found' });
  for (const role of ['facilitator', 'coordinator', 'funder'] as const) {
    const stranger = contextFor(engine, await aStaffMember(engine, dossier.territoryId, role));
    expect(await read(stranger)).toBeNull();
    expect(await reply(stranger, dossier, threadId, { text: 'Bonjour' })).toMatchObject({ code: 'not-found' });
    for (const table of ['talk_thread', 'talk_message', 'talk_piece'] as const) {
      expect(await reading(stranger, (tx) => tx.selectFrom(table).select('dossier_id').execute())).toEqual([]);
    }
  }
  const looks = await listReads(carrier, place(dossier));
  expect(looks?.reads.filter(({ what }) => what === 'talk').map(({ as }) => as)).toEqual(['observer', 'carrier']);
});

test('others are told by mail that something waits, once an hour and a thread, without a word of it', async () => {
  const dossier = await aDossier(engine);
  const carrier = await inCircle(engine, dossier, 'carrier');
  const { facilitator } = dossier;
  const { threadId } = must(await open(facilitator, dossier, { text: 'Parole confidentielle' }));
  must(await reply(facilitator, dossier, threadId, { text: 'Une autre' }));
  must(await reply(later(facilitator, 59), dossier, threadId, { text: 'Encore une' }));
  const [mail, ...more] = await mailsTo(carrier);
  expect(more).toEqual([]);
  expect(mail?.subject).toBe('Un message vous attend');
  expect(mail?.body_text).toContain(`/dossiers/${dossier.dossierId}/talk/${threadId}`);
  expect(mail?.body_text).toContain('Ne répondez pas à ce courriel');
  expect(mail?.body_text).toMatch(/sans compte :\nhttps:\/\/terreau\.example\/unsubscribe\/talk\./);
  expect(mail?.body_text).not.toMatch(/confidentielle|Trouver un local|atelier/);
  expect(await mailsTo(facilitator)).toEqual([]);
  must(await reply(later(facilitator, 61), dossier, threadId, { text: 'Le lendemain' }));
  must(await open(later(facilitator, 61), dossier, { text: 'Un autre sujet' }));
  expect(await mailsTo(carrier)).toHaveLength(3);
});

test('a draft is its author’s alone until it is published, piece by piece in their order', async () => {
  const dossier = await aDossier(engine);
  const { territoryId, facilitator } = dossier;
  const carrier = await inCircle(engine, dossier, 'carrier');
  const organization = await aSheet(engine, territoryId, { name: 'La Recyclerie du Port' });
  const support = await aSupport(facilitator, territoryId, { title: 'Aide au premier local' });
  const { threadId, messageId } = must(await open(facilitator, dossier, { text: 'Deux pistes :', send: 'draft' }));
  const message = { ...place(dossier), messageId };
  const add = (fields: Record<string, unknown>) => addPiece(facilitator, { ...message, fields: typedPiece(fields) });
  must(await add({ kind: 'recommendation', support, dueOn: inDays(20), why: 'Elle couvre le premier loyer' }));
  must(await add({ kind: 'contact', organization }));
  expect(await add({ kind: 'contact', words: ' ' })).toMatchObject({ code: 'piece-empty' });
  expect(await add({ kind: 'recommendation', support: organization })).toMatchObject({ code: 'sheet-not-found' });

  const draft = (await findMessageDraft(facilitator, message))!;
  expect(draft.pieces.map(({ kind }) => kind)).toEqual(['text', 'recommendation', 'contact']);
  const last = draft.pieces[2]!;
  must(await arrangePiece(facilitator, { ...message, fields: { piece: last.id, gesture: 'up', words: null } }));
  must(await arrangePiece(facilitator, { ...message, fields: { piece: last.id, gesture: 'up', words: null } }));
  const first = draft.pieces[0]!;
  must(
    await arrangePiece(facilitator, {
      ...message,
      fields: { piece: first.id, gesture: 'rewrite', words: 'Trois pistes :' }
    })
  );

  expect(await findThread(carrier, { ...place(dossier), threadId })).toBeNull();
  expect(await findMessageDraft(carrier, message)).toBeNull();
  expect((await listThreads(carrier, { ...place(dossier), audience: 'circle' }))?.threads).toEqual([]);
  expect(await settleDraft(carrier, { ...message, how: 'publish', origin })).toMatchObject({ code: 'not-found' });

  must(await settleDraft(facilitator, { ...message, how: 'publish', origin }));
  const thread = (await findThread(carrier, { ...place(dossier), threadId }))!;
  expect(thread.messages[0]!.pieces.map(({ kind }) => kind)).toEqual(['contact', 'text', 'recommendation']);
  expect(thread.messages[0]!.pieces[0]!.organization?.name).toBe('La Recyclerie du Port');
  expect(thread.messages[0]!.pieces[1]!.words).toBe('Trois pistes :');
  expect(thread.messages[0]!.pieces[2]!.recommendation).toMatchObject({
    title: 'Aide au premier local',
    state: 'proposed'
  });
  // Published, it no longer changes, whoever asks.
  expect(await add({ kind: 'text', words: 'Après coup' })).toMatchObject({ code: 'not-found' });
});

test('a draft that is thrown away leaves nothing, nor the thread that it would have opened', async () => {
  const dossier = await aDossier(engine);
  const { messageId } = must(await open(dossier.facilitator, dossier, { text: 'Finalement non', send: 'draft' }));
  const message = { ...place(dossier), messageId };
  const fields = typedPiece({ kind: 'recommendation', words: 'Une idée en l’air' });
  must(await addPiece(dossier.facilitator, { ...message, fields }));
  must(await settleDraft(dossier.facilitator, { ...message, how: 'drop', origin }));
  for (const table of ['talk_thread', 'talk_message', 'talk_piece', 'talk_recommendation'] as const) {
    const rows = await reading(operatorContext(engine), (tx) =>
      tx.selectFrom(table).select('id').where('dossier_id', '=', dossier.dossierId).execute()
    );
    expect(rows).toEqual([]);
  }
});

test('a reply carries the state of a recommendation, which whoever reads the list of them sees', async () => {
  const dossier = await aDossier(engine);
  const carrier = await inCircle(engine, dossier, 'carrier');
  const { threadId, messageId } = must(await open(dossier.facilitator, dossier, { text: 'Une piste', send: 'draft' }));
  const message = { ...place(dossier), messageId };
  const fields = typedPiece({ kind: 'recommendation', words: 'Demander la salle du centre social' });
  must(await addPiece(dossier.facilitator, { ...message, fields }));
  must(await settleDraft(dossier.facilitator, { ...message, how: 'publish', origin }));
  const list = () => listThreads(carrier, { ...place(dossier), audience: 'circle' });
  const recommended = (await list())!.recommendations[0]!;
  expect(recommended).toMatchObject({ title: 'Demander la salle du centre social', state: 'proposed' });
  const change = (toState: string, send = 'publish') =>
    reply(carrier, dossier, threadId, { recommendation: recommended.id, toState, text: 'J’ai appelé.', send });
  // Kept as a draft, it changes nothing yet.
  must(await change('done', 'draft'));
  expect((await list())!.recommendations[0]!.state).toBe('proposed');
  must(await change('blocked'));
  expect((await list())!.recommendations[0]!.state).toBe('blocked');
  const thread = (await findThread(dossier.facilitator, { ...place(dossier), threadId }))!;
  expect(thread.messages.at(-1)!.pieces.map(({ kind, toState }) => [kind, toState])).toEqual([
    ['state', 'blocked'],
    ['text', null]
  ]);
  must(await change('not-interested'));
  expect((await list())!.recommendations).toEqual([]);
  const elsewhere = must(await open(dossier.facilitator, dossier, { text: 'Autre chose' }));
  const stray = { recommendation: recommended.id, toState: 'done' };
  expect(await reply(carrier, dossier, elsewhere.threadId, stray)).toMatchObject({ code: 'recommendation-not-found' });
});

test('whoever accompanies types what somebody without an account said aloud, and the message says so', async () => {
  const dossier = await aDossier(engine);
  const { threadId } = must(await open(dossier.facilitator, dossier, { text: 'Quand êtes-vous libre ?' }));
  const thread = (await findThread(dossier.facilitator, { ...place(dossier), threadId }))!;
  expect(thread.withoutAccount).toEqual(['Nadia']);
  const spokenBy = thread.speakers[0]!.id;
  must(await reply(dossier.facilitator, dossier, threadId, { text: 'Le mardi matin.', spokenBy }));
  const again = (await findThread(dossier.facilitator, { ...place(dossier), threadId }))!;
  expect(again.messages.at(-1)).toMatchObject({ spokenBy: 'Nadia', by: 'Camille' });
  const carrier = await inCircle(engine, dossier, 'carrier');
  expect(await reply(carrier, dossier, threadId, { text: 'Pour elle', spokenBy })).toMatchObject({
    code: 'speaker-not-found'
  });
});

test('what advisers say apart is closed to the structure on every page, and whole in the person’s own export', async () => {
  const dossier = await aDossier(engine);
  const carrier = await inCircle(engine, dossier, 'carrier');
  const expert = await inCircle(engine, dossier, 'expert');
  const words = 'Le bail me paraît fragile ; voyons cela avant de leur en parler.';
  const { threadId } = must(await open(dossier.facilitator, dossier, { text: words }, 'advisers'));
  expect((await findThread(expert, { ...place(dossier), threadId }))?.messages).toHaveLength(1);
  expect(await findThread(carrier, { ...place(dossier), threadId })).toBeNull();
  expect(await listThreads(carrier, { ...place(dossier), audience: 'advisers' })).toBeNull();
  expect(await open(carrier, dossier, { text: 'Entre vous ?' }, 'advisers')).toMatchObject({ code: 'room-not-yours' });
  expect(await reply(carrier, dossier, threadId, { text: 'Je suis là' })).toMatchObject({ code: 'not-found' });
  expect(await reading(carrier, (tx) => tx.selectFrom('talk_piece').select('words').execute())).toEqual([]);
  expect(await mailsTo(carrier)).toEqual([]);
  expect(await mailsTo(expert)).toHaveLength(1);

  const everything = JSON.stringify(await exportOwnData(carrier));
  expect(everything).toContain(words);
  // Somebody without an account asks the team for theirs: it holds the same words, and the circle sees that it was read.
  const nadia = await reading(operatorContext(engine), (tx) =>
    tx
      .selectFrom('dossier_member')
      .select('person_id')
      .where('dossier_id', '=', dossier.dossierId)
      .where('person_id', 'is not', null)
      .executeTakeFirstOrThrow()
  );
  const asked = { territoryId: dossier.territoryId, personId: nadia.person_id! };
  const colleague = contextFor(engine, await aStaffMember(engine, dossier.territoryId));
  expect(JSON.stringify(must(await exportPerson(colleague, asked)))).toContain(words);
  expect((await listReads(carrier, place(dossier)))!.reads[0]).toMatchObject({
    as: 'team',
    kind: 'export',
    what: 'person'
  });

  const elsewhere = await aDossier(engine);
  const other = await inCircle(engine, elsewhere, 'carrier');
  expect(JSON.stringify(await exportOwnData(other))).not.toContain(words);
});
