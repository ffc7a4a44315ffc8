import {
  changeOf,
  dimensionMedian,
  gapBetween,
  GAP_LEVELS,
  isLevel,
  type Answer
} from '@terreau/features/support/diagnosis.rules';
import { gridOf } from '@terreau/features/support/diagnosis-grid.rules';
import { findDiagnosis, type EarlierRound } from '@terreau/features/support/find-diagnosis.query';
import { orNotFound, signedInAt } from '#lib/server/support/form.ts';
import { answerInWords, roundInWords } from '#lib/server/support/words.ts';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const { context } = event.locals;
  const address = { territoryId: territory.id, dossierId: event.params.dossier, diagnosisId: event.params.diagnosis };
  const sheet = orNotFound(await findDiagnosis(context, address));
  const grid = gridOf(sheet.form, context.language);
  const agreed = new Map(sheet.agreed.map((row) => [row.item, row]));
  const items = grid.flatMap((dimension) => dimension.items);
  const differ = items.filter(({ code }) => {
    const answers = sheet.views.flatMap((view): Answer[] => {
      const answer = view.answers.get(code);
      return answer === undefined ? [] : [answer];
    });
    return (gapBetween(answers) ?? 0) >= GAP_LEVELS;
  });
  const rows = items.flatMap((item) => {
    const row = agreed.get(item.code);
    if (!row) return [];
    const before = sheet.earlier.at(-1)?.agreed.get(item.code);
    return [
      {
        code: item.code,
        title: item.title,
        level: isLevel(row.answer) ? row.answer : null,
        answer: answerInWords(row.answer),
        words: isLevel(row.answer) ? item.levels[row.answer] : null,
        evidence: row.evidence,
        priority: row.priority,
        before: before === undefined ? null : answerInWords(before),
        change: changeOf(before, row.answer)
      }
    ];
  });
  const answers = new Map(sheet.agreed.map((row) => [row.item, row.answer]));
  const rounds = [...sheet.earlier, { round: sheet.round, form: sheet.form, agreed: answers }].map((one) => ({
    name: roundInWords(one.round),
    medians: mediansOf(one)
  }));
  return {
    dossier: sheet.head,
    diagnosisId: sheet.id,
    name: roundInWords(sheet.round),
    agreedOn: sheet.agreedOn,
    peoplePresent: sheet.peoplePresent,
    structureSignedAt: sheet.structureSignedAt,
    adviserSignedAt: sheet.adviserSignedAt,
    hasBefore: sheet.earlier.length > 0,
    rounds: rounds.map(({ name }) => name),
    dimensions: grid.map((dimension) => ({
      code: dimension.code,
      title: dimension.title,
      medians: rounds.map((round) => round.medians.get(dimension.code) ?? null),
      done: dimension.items.filter((item) => agreed.has(item.code)).length,
      all: dimension.items.length
    })),
    rows,
    differ: differ.map((item) => item.title)
  };
};

/** The median of each dimension, over the items that the form of its own round asked. */
function mediansOf({ form, agreed }: Pick<EarlierRound, 'form' | 'agreed'>) {
  const dimensions = gridOf(form, 'fr').map(
    ({ code, items }) => [code, dimensionMedian(items.map((item) => agreed.get(item.code)))] as const
  );
  return new Map(dimensions);
}
