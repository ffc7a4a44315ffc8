import { textIn } from '#lib/server/directory/forms.ts';
import { error, redirect } from '@sveltejs/kit';
import { answerDiagnosis } from '@terreau/features/support/answer-diagnosis.command';
import { readAnswer } from '@terreau/features/support/diagnosis-answers.rules';
import { gridOf } from '@terreau/features/support/diagnosis-grid.rules';
import { findDiagnosis } from '@terreau/features/support/find-diagnosis.query';
import { orNotFound, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { failRefused, roundInWords } from '#lib/server/support/words.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const { context } = event.locals;
  const address = { territoryId: territory.id, dossierId: event.params.dossier, diagnosisId: event.params.diagnosis };
  const sheet = orNotFound(await findDiagnosis(context, address));
  const paper = event.url.searchParams.get('paper')?.trim().slice(0, 80) || null;
  const view = sheet.views.find((one) => (paper === null ? one.isOwn : one.name === paper));
  const grid = gridOf(sheet.form, context.language);
  const index = Math.max(
    0,
    grid.findIndex((one) => one.code === event.url.searchParams.get('dimension'))
  );
  return {
    dossier: sheet.head,
    name: roundInWords(sheet.round),
    paper,
    isClosed: sheet.isCompared || (view?.isSubmitted ?? false),
    dimension: grid[index]!,
    step: index + 1,
    all: grid.length,
    next: grid[index + 1]?.code ?? null,
    answers: Object.fromEntries([...(view?.answers ?? [])].map(([item, answer]) => [item, String(answer)]))
  };
};

export const actions: Actions = {
  default: async (event) => {
    const territory = await signedInAt(event);
    const values = await typedIn(event.request);
    const then = textIn(values, 'then');
    const verdict = await answerDiagnosis(event.locals.context, {
      territoryId: territory.id,
      dossierId: event.params.dossier,
      diagnosisId: event.params.diagnosis,
      paperOf: textIn(values, 'paper') || null,
      answers: new Map(
        Object.entries(values).flatMap(([name, value]) => {
          const answer = typeof value === 'string' ? readAnswer(value) : null;
          return name.startsWith('D') && answer !== null ? [[name, answer] as const] : [];
        })
      ),
      isFinal: then === 'hand-in'
    });
    if (!verdict.ok) {
      if (verdict.code === 'not-found') error(404);
      return failRefused({ code: verdict.code, details: verdict.details }, values);
    }
    const hub = `/${territory.slug}/dossiers/${event.params.dossier}/diagnosis/${event.params.diagnosis}`;
    if (!then.startsWith('D')) redirect(303, hub);
    const query = new URLSearchParams({
      dimension: then,
      ...(textIn(values, 'paper') ? { paper: textIn(values, 'paper') } : {})
    });
    redirect(303, `${hub}/answers?${query}`);
  }
};
