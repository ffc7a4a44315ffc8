import {
  changeOf,
  dimensionMedian,
  gapBetween,
  GAP_LEVELS,
  isLevel,
  type Answer
} from '@terreau/features/support/diagnosis.rules';
import { gridOf } from '@terreau/features/support/diagnosis-grid.rules';
import { findDiagnosis } from '@terreau/features/support/find-diagnosis.query';
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
    const before = sheet.before.get(item.code);
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
  return {
    dossier: sheet.head,
    organizationId: sheet.organizationId,
    name: roundInWords(sheet.round),
    agreedOn: sheet.agreedOn,
    peoplePresent: sheet.peoplePresent,
    structureSignedAt: sheet.structureSignedAt,
    adviserSignedAt: sheet.adviserSignedAt,
    hasBefore: sheet.before.size > 0,
    dimensions: grid.map((dimension) => ({
      code: dimension.code,
      title: dimension.title,
      median: dimensionMedian(dimension.items.map((item) => agreed.get(item.code)?.answer)),
      done: dimension.items.filter((item) => agreed.has(item.code)).length,
      all: dimension.items.length
    })),
    rows,
    differ: differ.map((item) => item.title)
  };
};
