import { plusWorkingDays } from '@terreau/calendar/working-days';
import type { Context } from '@terreau/database/context';
import { testDatabase } from '@terreau/database/testing';
import { reading } from '@terreau/database/transaction';
import { expect, test } from 'vitest';
import { must } from '../directory/directory.fixtures.ts';
import { agreeDiagnosis } from './agree-diagnosis.command.ts';
import { answerDiagnosis } from './answer-diagnosis.command.ts';
import { compareDiagnosis } from './compare-diagnosis.command.ts';
import type { Answer } from './diagnosis.rules.ts';
import { findDiagnosis, listDiagnoses } from './find-diagnosis.query.ts';
import { findDossier } from './find-dossier.query.ts';
import { prioritiseDiagnosis } from './prioritise-diagnosis.command.ts';
import { signDiagnosis } from './sign-diagnosis.command.ts';
import { startDiagnosis } from './start-diagnosis.command.ts';
import { aDossier, inCircle, inDays } from './support.fixtures.ts';
import { mayStartDiagnosis } from './support.policy.ts';

const engine = await testDatabase();

async function aDiagnosis() {
  const accompanied = await aDossier(engine);
  const { territoryId, dossierId, facilitator } = accompanied;
  const president = await inCircle(engine, accompanied, 'carrier');
  const treasurer = await inCircle(engine, accompanied, 'member');
  const diagnosisId = must(await startDiagnosis(facilitator, { territoryId, dossierId, form: 'short' }));
  const address = { territoryId, dossierId, diagnosisId };
  const answer = (ctx: Context, answers: Record<string, Answer>, paperOf: string | null = null) =>
    answerDiagnosis(ctx, { ...address, paperOf, answers: new Map(Object.entries(answers)), isFinal: true });
  return { facilitator, president, treasurer, address, answer };
}

const MEETING = { agreedOn: inDays(0), peoplePresent: 'La présidente, le trésorier, l’accompagnatrice' };

test('nobody reads another’s levels before both sides have answered and the comparison is opened', async () => {
  const { facilitator, president, treasurer, address, answer } = await aDiagnosis();
  must(await answer(president, { 'D1.1': 1, 'D4.2': 4 }));
  must(await answer(treasurer, { 'D1.1': 3, 'D4.2': 1 }));
  expect(await compareDiagnosis(facilitator, address)).toMatchObject({ code: 'views-missing' });
  const seen = async (ctx: Context) =>
    (await findDiagnosis(ctx, address))!.views.flatMap((view) => [...view.answers.values()]);
  expect(await seen(president)).toEqual([1, 4]);
  expect(await seen(facilitator)).toEqual([]);
  // The tables themselves keep quiet.
  const rows = await reading(facilitator, (tx) => tx.selectFrom('diagnosis_answer').select('level').execute());
  expect(rows).toEqual([]);

  must(await answer(facilitator, { 'D1.1': 2, 'D4.2': 2 }));
  expect(await compareDiagnosis(president, address)).toMatchObject({ code: 'move-not-yours' });
  must(await compareDiagnosis(facilitator, address));
  expect(await seen(treasurer)).toHaveLength(6);
  expect(await answer(president, { 'D1.1': 4 })).toMatchObject({ code: 'comparison-opened' });
});

test('a view that was handed in no longer changes; a paper form is typed under a role, by whoever accompanies', async () => {
  const { facilitator, president, address, answer } = await aDiagnosis();
  must(await answer(facilitator, { 'D2.1': 2 }, 'Trésorière'));
  expect(await answer(facilitator, { 'D2.1': 3 }, 'Trésorière')).toMatchObject({ code: 'view-submitted' });
  expect(await answer(president, { 'D2.1': 3 }, 'Secrétaire')).toMatchObject({ code: 'move-not-yours' });
  expect(await answer(president, {})).toMatchObject({ code: 'nothing-answered' });
  const sheet = await findDiagnosis(facilitator, address);
  expect(sheet?.views).toMatchObject([{ name: 'Trésorière', side: 'structure', isSubmitted: true }]);
});

test('what is agreed has a date, people and evidence; a worrying level promises a call within two working days, in private', async () => {
  const { facilitator, president, address, answer } = await aDiagnosis();
  const item = { item: 'D10.1', answer: 1 as const, importance: 3, evidence: 'Le bail finit en mars' };
  const agree = (meeting: Partial<typeof MEETING> = {}) =>
    agreeDiagnosis(facilitator, { ...address, agreedOn: null, peoplePresent: null, items: [item], ...meeting });
  expect(await agree(MEETING)).toMatchObject({ code: 'comparison-missing' });
  must(await answer(president, { 'D10.1': 1 }));
  must(await answer(facilitator, { 'D10.1': 2 }));
  must(await compareDiagnosis(facilitator, address));
  expect(await agree()).toMatchObject({ code: 'meeting-missing' });
  expect(must(await agree(MEETING))).toEqual(['D10.1']);
  const dossier = await findDossier(facilitator, address.territoryId, address.dossierId);
  expect(dossier?.nextContactOn).toBe(plusWorkingDays(inDays(0), 2));
  expect(must(await agree())).toEqual(['D10.1']);
});

test('three priorities at most, in the order chosen; signed by both, the diagnosis no longer changes', async () => {
  const { facilitator, president, address, answer } = await aDiagnosis();
  must(await answer(president, { 'D1.1': 1 }));
  must(await answer(facilitator, { 'D1.1': 1 }));
  must(await compareDiagnosis(facilitator, address));
  const items = (['D1.1', 'D2.1', 'D4.1', 'D4.2'] as const).map((item) => ({
    item,
    answer: 2 as const,
    importance: 2,
    evidence: null
  }));
  must(await agreeDiagnosis(president, { ...address, ...MEETING, items }));
  const choose = (...chosen: string[]) => prioritiseDiagnosis(president, { ...address, items: chosen });
  expect(await choose('D1.1', 'D2.1', 'D4.1', 'D4.2')).toMatchObject({ code: 'too-many-priorities' });
  expect(await choose('D9.2')).toMatchObject({ code: 'priority-not-agreed' });
  must(await choose('D1.1', 'D4.1'));
  must(await choose('D4.1', 'D1.1', 'D4.2'));
  const priorities = (await findDiagnosis(president, address))!.agreed
    .filter((row) => row.priority !== null)
    .toSorted((a, b) => a.priority! - b.priority!);
  expect(priorities.map((row) => row.item)).toEqual(['D4.1', 'D1.1', 'D4.2']);

  expect(must(await signDiagnosis(president, { ...address, onPaper: false }))).toEqual({ isComplete: false });
  expect(await signDiagnosis(president, { ...address, onPaper: true })).toMatchObject({ code: 'move-not-yours' });
  expect(must(await signDiagnosis(facilitator, { ...address, onPaper: false }))).toEqual({ isComplete: true });
  expect(await agreeDiagnosis(president, { ...address, ...MEETING, items })).toMatchObject({
    code: 'diagnosis-signed'
  });
  expect(await choose('D1.1')).toMatchObject({ code: 'diagnosis-signed' });
});

test('the structure may begin its diagnosis itself; whoever only observes may not', async () => {
  const accompanied = await aDossier(engine);
  const { territoryId, dossierId } = accompanied;
  const begin = async (role: 'observer' | 'member') =>
    startDiagnosis(await inCircle(engine, accompanied, role), { territoryId, dossierId, form: 'short' });
  expect(await begin('observer')).toMatchObject({ code: 'not-found' });
  must(await begin('member'));
});

test('an outside expert does not begin the diagnosis of a structure', () => {
  expect((['carrier', 'member', 'facilitator', 'expert', 'observer'] as const).filter(mayStartDiagnosis)).toEqual([
    'carrier',
    'member',
    'facilitator'
  ]);
});

test('the next round opens after the signatures, and shows what was agreed before', async () => {
  const { facilitator, president, address, answer } = await aDiagnosis();
  const again = () => startDiagnosis(facilitator, { ...address, form: 'full' });
  expect(await again()).toMatchObject({ code: 'diagnosis-open' });
  must(await answer(president, { 'D1.1': 1 }));
  must(await answer(facilitator, { 'D1.1': 1 }));
  must(await compareDiagnosis(facilitator, address));
  const items = [{ item: 'D1.1', answer: 2 as const, importance: 2, evidence: null }];
  must(await agreeDiagnosis(president, { ...address, ...MEETING, items }));
  must(await signDiagnosis(facilitator, { ...address, onPaper: true }));
  must(await signDiagnosis(facilitator, { ...address, onPaper: false }));
  const diagnosisId = must(await again());
  const next = await findDiagnosis(president, { ...address, diagnosisId });
  expect(next).toMatchObject({ round: 1, form: 'full' });
  expect(next!.earlier).toEqual([{ round: 0, form: 'short', agreed: new Map([['D1.1', 2]]) }]);
  expect((await listDiagnoses(president, address))?.rounds).toHaveLength(2);
});
