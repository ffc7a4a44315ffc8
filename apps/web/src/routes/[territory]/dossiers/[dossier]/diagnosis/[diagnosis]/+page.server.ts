import { type Typed } from '#lib/server/directory/forms.ts';
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { compareDiagnosis } from '@terreau/features/support/compare-diagnosis.command';
import { alertsOf, gapBetween, GAP_LEVELS, proposedPriorities } from '@terreau/features/support/diagnosis.rules';
import { gridOf } from '@terreau/features/support/diagnosis-grid.rules';
import { findDiagnosis } from '@terreau/features/support/find-diagnosis.query';
import { prioritiseDiagnosis } from '@terreau/features/support/prioritise-diagnosis.command';
import { signDiagnosis } from '@terreau/features/support/sign-diagnosis.command';
import { orNotFound, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { answerInWords, failRefused, roundInWords } from '#lib/server/support/words.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

const RANKS = [1, 2, 3] as const;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const { context } = event.locals;
  const address = { territoryId: territory.id, dossierId: event.params.dossier, diagnosisId: event.params.diagnosis };
  const sheet = orNotFound(await findDiagnosis(context, address));
  const grid = gridOf(sheet.form, context.language);
  const items = grid.flatMap((dimension) => dimension.items);
  const titles = new Map(items.map((item) => [item.code, item.title]));
  const agreed = new Map(sheet.agreed.map((row) => [row.item, row]));
  const gaps = items.filter(({ code }) => (gapBetween(answersTo(sheet.views, code)) ?? 0) >= GAP_LEVELS);
  const inGridOrder = items.flatMap((item) => agreed.get(item.code) ?? []);
  const proposed = proposedPriorities(inGridOrder);
  const works = sheet.head.isActive && sheet.head.role !== 'observer';
  const isAdviser = sheet.head.role === 'facilitator';
  return {
    dossier: sheet.head,
    name: roundInWords(sheet.round),
    isCompared: sheet.isCompared,
    isSigned: sheet.isSigned,
    structureSignedAt: sheet.structureSignedAt,
    adviserSignedAt: sheet.adviserSignedAt,
    views: sheet.views.map(({ id, name, side, isSubmitted }) => ({
      id,
      name,
      side: side === 'structure' ? m.support_diagnosis_side_structure() : m.support_diagnosis_side_adviser(),
      isSubmitted
    })),
    mayAnswer: works && !sheet.isCompared && !sheet.views.some((view) => view.isOwn && view.isSubmitted),
    mayCompare: works && isAdviser && !sheet.isCompared,
    works: works && !sheet.isSigned,
    isAdviser,
    gapCount: gaps.length,
    dimensions: grid.map((dimension) => ({
      code: dimension.code,
      title: dimension.title,
      done: dimension.items.filter((item) => agreed.has(item.code)).length,
      all: dimension.items.length
    })),
    // A worry is for whoever accompanies: nobody else of the circle sees it as such.
    alerts: isAdviser ? alertsOf(inGridOrder).map((item) => titles.get(item)!) : [],
    choices: inGridOrder.map(({ item, answer }) => ({
      value: item,
      label: `${item} · ${titles.get(item)} (${answerInWords(answer)})`
    })),
    priorities: RANKS.map((rank) => ({
      rank,
      item: sheet.agreed.find((row) => row.priority === rank)?.item ?? null,
      proposed: proposed[rank - 1] ?? ''
    })),
    hasChosen: sheet.agreed.some((row) => row.priority !== null)
  };
};

function answersTo(
  views: readonly { answers: ReadonlyMap<string, 1 | 2 | 3 | 4 | 'not-concerned' | 'unknown'> }[],
  item: string
) {
  return views.flatMap((view) => view.answers.get(item) ?? []);
}

type Event = RequestEvent<{ territory: string; dossier: string; diagnosis: string }>;

export const actions: Actions = {
  compare: async (event) => {
    const { address, values } = await asked(event);
    return answer(event, await compareDiagnosis(event.locals.context, address), values);
  },
  prioritise: async (event) => {
    const { address, values } = await asked(event);
    const items = RANKS.flatMap((rank) => {
      const value = values[`priority${rank}`];
      return typeof value === 'string' && value !== '' ? [value] : [];
    });
    return answer(event, await prioritiseDiagnosis(event.locals.context, { ...address, items }), values);
  },
  sign: async (event) => {
    const { address, values } = await asked(event);
    const onPaper = values['onPaper'] === 'yes';
    return answer(event, await signDiagnosis(event.locals.context, { ...address, onPaper }), values);
  }
};

async function asked(event: Event) {
  const territory = await signedInAt(event);
  const values = await typedIn(event.request);
  const address = { territoryId: territory.id, dossierId: event.params.dossier, diagnosisId: event.params.diagnosis };
  return { address, values };
}

type Answered = Awaited<ReturnType<typeof compareDiagnosis | typeof prioritiseDiagnosis | typeof signDiagnosis>>;

function answer(event: Event, verdict: Answered, values: Typed) {
  if (verdict.ok) redirect(303, event.url.pathname);
  if (verdict.code === 'not-found') error(404);
  return failRefused({ code: verdict.code, details: verdict.details }, values);
}
