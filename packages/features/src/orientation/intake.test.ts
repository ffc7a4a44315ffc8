import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { reading } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { expect, test } from 'vitest';
import { aStaffMember, aTerritory, must } from '../directory/directory.fixtures.ts';
import { answerIntake } from './answer-intake.command.ts';
import { confirmThemes } from './confirm-themes.command.ts';
import { DEFAULT_INTAKE } from './default-intake.ts';
import { DOOR_FIELDS, doorSchema, readDoor } from './door.schema.ts';
import { dropIntakeDraft } from './drop-intake-draft.command.ts';
import { findIntake } from './find-intake.query.ts';
import { findNextQuestion } from './find-next-question.query.ts';
import type { IntakeQuestion } from './intake.rules.ts';
import { publishIntake } from './publish-intake.command.ts';
import { submitRequest } from './submit-request.command.ts';
import { tryIntake } from './try-intake.command.ts';
import { writeIntake, type IntakeEdit } from './write-intake.command.ts';

const engine = await testDatabase();
const visitor = contextFor(engine);

async function aPlace() {
  const territoryId = await aTerritory(engine);
  const coordinator = contextFor(engine, await aStaffMember(engine, territoryId, 'coordinator'));
  const facilitator = contextFor(engine, await aStaffMember(engine, territoryId));
  return { territoryId, coordinator, facilitator };
}
async function aRequest(territoryId: Id) {
  const typed = { sentence: 'Une salle pour répéter', phone: '06 12 34 56 78' };
  const read = readDoor(doorSchema, { ...Object.fromEntries(DOOR_FIELDS.map((name) => [name, ''])), ...typed });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const address = `2001:db8:${newId().slice(0, 4)}::1`;
  const request = {
    territoryId,
    door: 'need' as const,
    fields: read.value,
    draftCode: null,
    address,
    origin: 'https://t'
  };
  return must(await submitRequest(visitor, request));
}
const rowOf = (id: Id) =>
  reading(operatorContext(engine), (tx) =>
    tx.selectFrom('request').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  );
const evening: IntakeQuestion = {
  key: 'evening',
  text: { fr: 'Le soir ?', en: 'In the evening?' },
  why: { fr: 'Pour les clefs.', en: 'For the keys.' },
  how: { fr: 'Oui ou non.', en: 'Yes or no.' },
  doors: ['need'],
  needs: [{ question: 'looking-for', choices: ['room'] }],
  choices: [
    { key: 'yes', label: { fr: 'Oui', en: 'Yes' }, signals: [{ about: 'theme', code: 'remobilisation--lien-social' }] },
    { key: 'no', label: { fr: 'Non', en: 'No' }, signals: [] }
  ]
};

test('somebody of the team asks the questions on the telephone and types the answers; nobody else does', async () => {
  const { territoryId, facilitator } = await aPlace();
  const { requestId } = await aRequest(territoryId);
  const asked = { territoryId, requestId };
  const step = async (ctx = facilitator) => findNextQuestion(ctx, { ...asked, question: null });
  const first = (await step())!;
  const choice = first.question!.choices[0]!.key;
  const answer = (ctx = facilitator) => answerIntake(ctx, { ...asked, question: first.question!.key, choice });
  const elsewhere = (await aPlace()).facilitator;
  for (const other of [visitor, elsewhere]) {
    expect(await step(other)).toBeNull();
    expect(await answer(other)).toMatchObject({ code: 'code-unknown' });
  }
  must(await answer());
  expect((await step())!.number).toBe(2);
});

test('one answers one question at a time, stops, and goes on from the code; answers are told to the request', async () => {
  const { territoryId } = await aPlace();
  const { code, requestId } = await aRequest(territoryId);
  const step = async (question: string | null = null) =>
    (await findNextQuestion(visitor, { code, requestId, question }))!;
  const answer = (question: string, choice: string) => answerIntake(visitor, { code, requestId, question, choice });
  expect((await step()).question?.key).toBe('looking-for');
  expect(await answer('looking-for', 'a palace')).toMatchObject({ code: 'choice-unknown' });
  expect(await answer('how-many', 'few')).toMatchObject({ code: 'choice-unknown' });
  must(await answer('looking-for', 'room'));
  must(await answer('subject', 'leisure'));
  must(await answer('for-whom', ''));
  expect(await step()).toMatchObject({ question: { key: 'how-many' }, previous: 'for-whom', number: 4 });
  expect(await rowOf(requestId)).toMatchObject({
    themes: ['remobilisation--activites-sportives-et-culturelles'],
    publics: []
  });
  must(await answer('subject', 'food'));
  expect((await rowOf(requestId)).themes).toEqual(['equipement-et-alimentation--alimentation']);
  expect((await step('subject')).answer).toBe('food');
  must(await answer('how-many', 'few'));
  expect((await step()).question).toBeNull();
  const other = await aRequest(territoryId);
  expect(await findNextQuestion(visitor, { code: other.code, requestId, question: null })).toBeNull();
});

test('themes that the words may mean are proposed at the end, and kept only if the person says so', async () => {
  const { territoryId } = await aPlace();
  const { code, requestId } = await aRequest(territoryId);
  const step = async () => (await findNextQuestion(visitor, { code, requestId, question: null }))!;
  for (let asked = await step(); asked.question; asked = await step()) {
    must(await answerIntake(visitor, { code, requestId, question: asked.question.key, choice: '' }));
  }
  const { proposedThemes } = await step();
  expect(proposedThemes.length).toBeGreaterThan(0);
  expect((await rowOf(requestId)).themes).toEqual([]);
  const other = await aRequest(territoryId);
  const refused = await confirmThemes(visitor, { code: other.code, requestId, themes: proposedThemes });
  expect(refused).toMatchObject({ code: 'code-unknown' });
  must(await confirmThemes(visitor, { code, requestId, themes: [proposedThemes[0]!, 'no-such-theme'] }));
  expect((await rowOf(requestId)).themes).toEqual([proposedThemes[0]]);
  expect((await step()).proposedThemes).not.toContain(proposedThemes[0]);
});

test('a coordinator adds, changes, moves and removes questions in a draft; what is asked does not change meanwhile', async () => {
  const { territoryId, coordinator, facilitator } = await aPlace();
  let revision = 0;
  const edit = async (gesture: IntakeEdit, ctx = coordinator) => {
    const verdict = await writeIntake(ctx, { territoryId, revision, edit: gesture });
    if (verdict.ok) revision = verdict.value.revision;
    return verdict;
  };
  expect(await edit({ kind: 'remove', key: 'subject' }, facilitator)).toMatchObject({ code: 'not-found' });
  must(await edit({ kind: 'put', question: evening, isNew: true }));
  expect(await edit({ kind: 'put', question: evening, isNew: true })).toMatchObject({ code: 'already-there' });
  must(await edit({ kind: 'move', key: 'evening', by: -1 }));
  must(await edit({ kind: 'remove', key: 'subject' }));
  const desk = (await findIntake(coordinator, territoryId))!;
  expect(desk.published.questions).toEqual(DEFAULT_INTAKE);
  const keys = desk.draft!.questions.map(({ key }) => key);
  expect(keys).not.toContain('subject');
  expect(keys.indexOf('evening')).toBe(keys.indexOf('when') - 1);
  expect(
    await writeIntake(coordinator, { territoryId, revision: 1, edit: { kind: 'remove', key: 'when' } })
  ).toMatchObject({
    code: 'changed-meanwhile'
  });
  expect(await findIntake(facilitator, territoryId)).toBeNull();
  must(await dropIntakeDraft(coordinator, territoryId));
  expect((await findIntake(coordinator, territoryId))!.draft).toBeNull();
});

test('a draft is tried on past requests before it is published, and shows what it would change', async () => {
  const { territoryId, coordinator } = await aPlace();
  const past = await aRequest(territoryId);
  const answer = (question: string, choice: string) =>
    answerIntake(visitor, { code: past.code, requestId: past.requestId, question, choice });
  must(await answer('looking-for', 'room'));
  must(await answer('subject', 'leisure'));
  must(
    await writeIntake(coordinator, { territoryId, revision: 0, edit: { kind: 'put', question: evening, isNew: true } })
  );
  const { revision } = must(
    await writeIntake(coordinator, { territoryId, revision: 2, edit: { kind: 'remove', key: 'subject' } })
  );
  expect(await publishIntake(coordinator, { territoryId, revision })).toMatchObject({ code: 'not-tried' });
  const { trials } = must(await tryIntake(coordinator, territoryId));
  expect(trials).toMatchObject([
    {
      requestId: past.requestId,
      dropped: ['subject'],
      gained: [],
      lost: ['theme:remobilisation--activites-sportives-et-culturelles']
    }
  ]);
  expect(trials[0]!.asked).toContainEqual({ key: 'evening', isAnswered: false });
  must(await publishIntake(coordinator, { territoryId, revision }));
  // Who had begun goes on with the questions of their version; who comes next has the new ones.
  expect(await findNextQuestion(visitor, { ...past, question: null })).toMatchObject({ question: { key: 'for-whom' } });
  must(await answer('for-whom', 'young'));
  const next = await aRequest(territoryId);
  const say = (question: string, choice: string) =>
    answerIntake(visitor, { code: next.code, requestId: next.requestId, question, choice });
  must(await say('looking-for', 'room'));
  expect(await say('subject', 'food')).toMatchObject({ code: 'choice-unknown' });
  must(await say('evening', 'yes'));
  expect((await rowOf(next.requestId)).themes).toEqual(['remobilisation--lien-social']);
});

test('a draft with a loop is neither tried nor published; each published version stays in the history', async () => {
  const { territoryId, coordinator } = await aPlace();
  const put = async (question: IntakeQuestion, isNew: boolean) => {
    const { draft } = (await findIntake(coordinator, territoryId))!;
    return must(
      await writeIntake(coordinator, {
        territoryId,
        revision: draft?.revision ?? 0,
        edit: { kind: 'put', question, isNew }
      })
    );
  };
  const looped = { ...evening, needs: [{ question: 'evening', choices: ['yes'] }] };
  const broken = await put(looped, true);
  expect(await tryIntake(coordinator, territoryId)).toMatchObject({ code: 'not-sound' });
  expect(await publishIntake(coordinator, { territoryId, revision: broken.revision })).toMatchObject({
    code: 'not-sound'
  });
  for (const question of [evening, { ...evening, doors: [] }]) {
    const { revision } = await put(question, false);
    must(await tryIntake(coordinator, territoryId));
    expect(await publishIntake(coordinator, { territoryId, revision: revision + 1 })).toMatchObject({
      code: 'changed-meanwhile'
    });
    must(await publishIntake(coordinator, { territoryId, revision }));
  }
  const { history, published } = (await findIntake(coordinator, territoryId))!;
  expect(history.map(({ number, state }) => [number, state])).toEqual([
    [2, 'published'],
    [1, 'retired']
  ]);
  expect(published.number).toBe(2);
});
