import type { Context } from '@terreau/database/context';
import { testDatabase } from '@terreau/database/testing';
import { reading } from '@terreau/database/transaction';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { must } from '../directory/directory.fixtures.ts';
import { aSupport } from '../orientation/support.fixtures.ts';
import { addSupportToPlan } from './add-support-to-plan.command.ts';
import { commentAction } from './comment-action.command.ts';
import { decideStep } from './decide-step.command.ts';
import type { CircleRole } from './dossier-life.rules.ts';
import { findAction } from './find-action.query.ts';
import { findDossier } from './find-dossier.query.ts';
import { findPlan } from './find-plan.query.ts';
import { decideStepSchema } from './journey.schema.ts';
import { moveDossier } from './move-dossier.command.ts';
import { aPlannedAction, movedTo, typedAction, typedComment } from './plan.fixtures.ts';
import { ACTION_MOVES, ACTION_STATES, actionMovesFrom, checkActionMove, type ActionMove } from './plan.rules.ts';
import { prioritiesSchema } from './plan.schema.ts';
import { saveAction } from './save-action.command.ts';
import { aDossier, inCircle, inDays } from './support.fixtures.ts';
import { writePriorities } from './write-priorities.command.ts';

const engine = await testDatabase();

/** The life of an action, written again by hand. */
const ARROWS: Readonly<Record<ActionMove, readonly string[]>> = {
  start: ['proposed→under-way', 'blocked→under-way'],
  block: ['under-way→blocked'],
  finish: ['proposed→done', 'under-way→done', 'blocked→done'],
  adapt: ['under-way→adapted', 'blocked→adapted'],
  abandon: ['proposed→abandoned', 'under-way→abandoned', 'blocked→abandoned'],
  decline: ['proposed→not-interested'],
  already: ['proposed→already-done'],
  reopen: ['done', 'adapted', 'abandoned', 'not-interested', 'already-done'].map((from) => `${from}→under-way`)
};
const MOVERS: readonly { role: CircleRole; isOwner: boolean; may: readonly ActionMove[] }[] = [
  ...(['facilitator', 'carrier', 'member'] as const).map((role) => ({ role, isOwner: false, may: ACTION_MOVES })),
  { role: 'expert', isOwner: true, may: ['start', 'block', 'finish'] },
  { role: 'expert', isOwner: false, may: [] },
  { role: 'observer', isOwner: false, may: [] },
  { role: 'observer', isOwner: true, may: [] }
];

test('every state of an action, every move, every place in the circle: what is written works, all else is refused', () => {
  let cells = 0;
  for (const state of ACTION_STATES) {
    for (const move of ACTION_MOVES) {
      for (const { role, isOwner, may } of MOVERS) {
        cells += 1;
        const to = ACTION_STATES.find((one) => ARROWS[move].includes(`${state}→${one}`));
        const verdict = checkActionMove(state, { role, isOwner }, { move, why: 'no-time', words: null });
        const isAllowed = to !== undefined && may.includes(move);
        expect({ state, move, role, ok: verdict.ok }).toEqual({ state, move, role, ok: isAllowed });
        if (verdict.ok) expect(verdict.value).toBe(to);
        else expect(['action-not-from-here', 'action-not-yours']).toContain(verdict.code);
        expect(actionMovesFrom(state, { role, isOwner }).includes(move)).toBe(isAllowed);
      }
    }
  }
  console.log(`${cells} cells of states, moves and places in the circle`);
});

test('what is blocked, adapted or abandoned says why; another reason is said in words', () => {
  const mover = { role: 'carrier', isOwner: false } as const;
  for (const move of ['block', 'adapt', 'abandon'] as const) {
    const ask = (why: 'other' | 'no-time' | null, words: string | null) =>
      checkActionMove('under-way', mover, { move, why, words });
    expect(ask(null, null)).toMatchObject({ code: 'why-missing' });
    expect(ask('other', null)).toMatchObject({ code: 'why-words-missing' });
    expect(ask('other', 'Le local a fermé').ok).toBe(true);
    expect(ask('no-time', null).ok).toBe(true);
  }
});

test('three priorities at most; one that changes place keeps its actions, and words of the grid stand for its item', async () => {
  const accompanied = await aDossier(engine);
  const { facilitator } = accompanied;
  const write = (first: string, second: string, third: string, seen: string[]) =>
    writePriorities(facilitator, {
      ...accompanied,
      fields: v.parse(prioritiesSchema, { first, second, third, seen: seen.join('\r\n') })
    });
  must(await write('Trésorerie', '', 'Trouver un local', []));
  const before = (await findPlan(facilitator, accompanied))!.priorities;
  expect(before.map(({ title }) => title)).toEqual(['Trésorerie', 'Trouver un local']);
  await aPlannedAction(accompanied, { priority: before[0]!.id });
  // Somebody who had not seen them is told.
  expect(await write('Autre chose', '', '', [])).toMatchObject({ code: 'changed-meanwhile' });
  must(await write('Trouver un local', 'Trésorerie', 'Projet associatif', ['Trésorerie', 'Trouver un local']));
  const after = (await findPlan(facilitator, accompanied))!;
  expect(after.priorities.map(({ title }) => title)).toEqual(['Trouver un local', 'Trésorerie', 'Projet associatif']);
  expect(after.actions[0]!.priorityId).toBe(after.priorities[1]!.id);
  must(
    await write(
      'Trouver un local',
      '',
      '',
      after.priorities.map(({ title }) => title!)
    )
  );
  const left = (await findPlan(facilitator, accompanied))!;
  expect(left.actions).toMatchObject([{ priorityId: null }]);
  expect(v.safeParse(prioritiesSchema, { first: 'Oh' }).success).toBe(false);
});

test('an empty plan is not proposed; the structure accepts it, and what is added later says so', async () => {
  const accompanied = await aDossier(engine);
  const { facilitator } = accompanied;
  const carrier = await inCircle(engine, accompanied, 'carrier');
  await movedTo(accompanied, 'diagnosis');
  const move = async (ctx: Context, name: 'propose-plan' | 'accept-plan') => {
    const { version, nextContactOn } = (await findPlan(ctx, accompanied))!;
    const fields = { move: name, reason: null, note: null, nextContactOn, agreedAloud: false, version };
    return moveDossier(ctx, { ...accompanied, fields });
  };
  expect(await move(facilitator, 'propose-plan')).toMatchObject({ code: 'plan-empty' });
  await aPlannedAction(accompanied);
  expect((await findPlan(carrier, accompanied))!).toMatchObject({ standing: 'draft', moves: [] });
  must(await move(facilitator, 'propose-plan'));
  expect((await findPlan(carrier, accompanied))!).toMatchObject({ standing: 'proposed' });
  expect(await move(facilitator, 'accept-plan')).toMatchObject({ code: 'agreement-missing' });
  must(await move(carrier, 'accept-plan'));
  await aPlannedAction({ ...accompanied, facilitator: { ...facilitator, now: new Date(Date.now() + 60_000) } });
  const plan = (await findPlan(carrier, accompanied))!;
  expect(plan.standing).toBe('accepted');
  expect(plan.actions.map(({ isAddition }) => isAddition).toSorted()).toEqual([false, true]);
});

test('a dossier that pauses during its diagnosis, by either way, is taken up there: no plan was accepted meanwhile', async () => {
  const accompanied = await aDossier(engine);
  const { facilitator, territoryId, dossierId } = accompanied;
  const carrier = await inCircle(engine, accompanied, 'carrier');
  await movedTo(accompanied, 'diagnosis');
  await aPlannedAction(accompanied);
  const nextContactOn = inDays(60);
  const move = async (ctx: Context, name: 'pause' | 'resume', note: string | null) => {
    const { version } = (await findDossier(ctx, territoryId, dossierId))!;
    const fields = { move: name, reason: null, note, nextContactOn, agreedAloud: false, version };
    return moveDossier(ctx, { ...accompanied, fields });
  };
  expect(await move(facilitator, 'pause', null)).toMatchObject({ code: 'note-missing' });
  expect(must(await move(facilitator, 'pause', 'Après les congés'))).toBe('paused');
  expect(await findPlan(carrier, accompanied)).toMatchObject({ standing: 'draft', moves: [] });
  expect(await findDossier(facilitator, territoryId, dossierId)).toMatchObject({
    nextContactOn,
    moves: ['resume', 'interrupt'],
    history: expect.arrayContaining([expect.objectContaining({ move: 'pause', note: 'Après les congés' })])
  });
  expect(must(await move(carrier, 'resume', null))).toBe('diagnosis');
  const { version } = (await findDossier(carrier, territoryId, dossierId))!;
  const decision = v.parse(decideStepSchema, { decision: 'pause', reason: 'Après l’hiver', version: String(version) });
  must(await decideStep(carrier, { ...accompanied, fields: decision }));
  expect(await findDossier(carrier, territoryId, dossierId)).toMatchObject({ state: 'paused', nextContactOn });
  expect(must(await move(facilitator, 'resume', null))).toBe('diagnosis');
});

test('of two who change an action at once, the second is told, sees who changed what, and may write theirs again', async () => {
  const accompanied = await aDossier(engine);
  const { facilitator } = accompanied;
  const carrier = await inCircle(engine, accompanied, 'carrier');
  const id = await aPlannedAction(accompanied, { what: 'Écrire à la banque' });
  const save = (ctx: Context, what: string, version: number) =>
    saveAction(ctx, { ...accompanied, fields: typedAction({ what }), action: { id, version } });
  must(await save(facilitator, 'Écrire à la banque avant mars', 1));
  expect(await save(carrier, 'Appeler la banque', 1)).toMatchObject({ code: 'changed-meanwhile' });
  const standing = (await findAction(carrier, accompanied, id))!.action!;
  expect(standing).toMatchObject({ what: 'Écrire à la banque avant mars', version: 2, updatedBy: 'Camille' });
  must(await save(carrier, 'Appeler la banque', standing.version));
  expect((await findAction(facilitator, accompanied, id))!.action!.what).toBe('Appeler la banque');
});

test('a comment carries the state, the reason and the time in one row, and the time spent is their sum', async () => {
  const accompanied = await aDossier(engine);
  const { facilitator } = accompanied;
  const id = await aPlannedAction(accompanied);
  const say = (typed: Record<string, unknown>) =>
    commentAction(facilitator, { ...accompanied, actionId: id, fields: typedComment(typed) });
  expect(await say({})).toMatchObject({ code: 'comment-empty' });
  expect(must(await say({ move: 'start', spent: '1h30' }))).toBe('under-way');
  expect(must(await say({ body: 'La banque ne répond pas', move: 'block', why: 'waits-for-somebody' }))).toBe(
    'blocked'
  );
  expect(await say({ move: 'block', why: 'no-time' })).toMatchObject({ code: 'action-not-from-here' });
  must(await say({ spent: '20' }));
  const { action } = (await findAction(facilitator, accompanied, id))!;
  expect(action).toMatchObject({ state: 'blocked', spentMinutes: 110 });
  expect(action!.comments[1]).toMatchObject({
    body: 'La banque ne répond pas',
    to: 'blocked',
    why: 'waits-for-somebody',
    by: 'Camille'
  });
});

test('a sheet of the catalogue is added to the plan once, due by the day on which it closes', async () => {
  const accompanied = await aDossier(engine);
  const { facilitator, territoryId } = accompanied;
  const supportId = await aSupport(facilitator, territoryId, {
    kind: 'funding',
    title: 'Fonds de la vie associative',
    closesOn: inDays(40)
  });
  const add = () => addSupportToPlan(facilitator, { ...accompanied, supportId });
  const id = must(await add());
  expect(await add()).toMatchObject({ code: 'support-in-plan' });
  const { action } = (await findAction(facilitator, accompanied, id))!;
  expect(action).toMatchObject({
    kind: 'orientation',
    dueOn: inDays(40),
    support: { title: 'Fonds de la vie associative' }
  });
  const elsewhere = await aDossier(engine);
  expect(await addSupportToPlan(elsewhere.facilitator, { ...elsewhere, supportId })).toMatchObject({
    code: 'not-found'
  });
});

test('the plan is its circle’s: others see nothing of it, an observer reads and writes nothing', async () => {
  const accompanied = await aDossier(engine);
  const id = await aPlannedAction(accompanied);
  const observer = await inCircle(engine, accompanied, 'observer');
  expect((await findPlan(observer, accompanied))!).toMatchObject({ mayWrite: false });
  expect(await saveAction(observer, { ...accompanied, fields: typedAction(), action: null })).toMatchObject({
    code: 'not-found'
  });
  const stranger = (await aDossier(engine)).facilitator;
  expect(await findPlan(stranger, accompanied)).toBeNull();
  expect(await findAction(stranger, accompanied, id)).toBeNull();
  expect(
    await commentAction(stranger, { ...accompanied, actionId: id, fields: typedComment({ body: 'Oui' }) })
  ).toMatchObject({ code: 'not-found' });
  const rows = await reading(stranger, (tx) =>
    tx.selectFrom('plan_action').select('id').where('id', '=', id).execute()
  );
  expect(rows).toEqual([]);
});

test('whoever answers for an action is of the circle, or a role by its name, and not both', async () => {
  const accompanied = await aDossier(engine);
  const { facilitator } = accompanied;
  const { people } = (await findAction(facilitator, accompanied, null))!;
  const save = (typed: Record<string, unknown>) =>
    saveAction(facilitator, { ...accompanied, fields: typedAction(typed), action: null });
  expect(await save({ owner: people[0]!.id, ownerLabel: 'Trésorière' })).toMatchObject({ code: 'owner-twice' });
  expect(await save({ owner: accompanied.dossierId })).toMatchObject({ code: 'owner-not-found' });
  must(await save({ owner: people[0]!.id }));
  must(await save({ ownerLabel: 'Trésorière' }));
  const plan = (await findPlan(facilitator, accompanied))!;
  expect(plan.actions.map(({ owner }) => owner)).toEqual(['Camille', 'Trésorière']);
});
