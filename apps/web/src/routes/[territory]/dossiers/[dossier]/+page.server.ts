import { error, redirect } from '@sveltejs/kit';
import { moveDossierSchema } from '@terreau/features/support/dossier.schema';
import { INTERRUPTION_REASONS } from '@terreau/features/support/dossier-life.rules';
import { journeyOf } from '@terreau/features/support/journey.rules';
import { proposedContact } from '@terreau/features/support/check-up.rules';
import { findDossier } from '@terreau/features/support/find-dossier.query';
import { moveDossier } from '@terreau/features/support/move-dossier.command';
import { similarCases } from '@terreau/features/support/search-cases.query';
import { localDate } from '@terreau/kernel/instants';
import { platform } from '#lib/server/platform.ts';
import { orNotFound, readTyped, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { similarInWords } from '#lib/server/support/memory.ts';
import {
  failRefused,
  MOVE_WORDS,
  optionsOf,
  REASON_WORDS,
  ROLE_WORDS,
  STATE_WORDS,
  stepInWords
} from '#lib/server/support/words.ts';
import { formatLocalDate } from '#lib/formats.ts';
import { DEADLINE_WORDS } from '#lib/server/funding/words.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const { context } = event.locals;
  const dossier = orNotFound(await findDossier(context, territory.id, event.params.dossier));
  const today = localDate(context.now, territory.timeZone);
  return {
    dossier: {
      ...dossier,
      stateWords: STATE_WORDS[dossier.state](),
      stepWords: stepInWords(dossier.step),
      roleWords: ROLE_WORDS[dossier.role](),
      isLate: dossier.nextContactOn !== null && dossier.nextContactOn < today,
      history: dossier.history.map((step) => ({
        ...step,
        to: STATE_WORDS[step.to](),
        reason: step.reason ? (REASON_WORDS[step.reason as keyof typeof REASON_WORDS]?.() ?? null) : null
      }))
    },
    // Stopping has a page of its own, where it is thanked for.
    moves: optionsOf(
      MOVE_WORDS,
      dossier.moves.filter((move) => move !== 'interrupt')
    ),
    plansContact: dossier.role === 'facilitator',
    reasons: optionsOf(REASON_WORDS, INTERRUPTION_REASONS),
    // Where nobody wrote one, the step has an idea.
    proposal: journeyOf(context.language)[dossier.step]!.action,
    owed: dossier.owed.map((owed) => ({
      text: owed.text ?? (owed.deadline ? DEADLINE_WORDS[owed.deadline]() : ''),
      page: owed.deadline ? 'deadlines' : 'plan',
      date: formatLocalDate(owed.dueOn),
      isLate: owed.dueOn < today
    })),
    similar: (await similarCases(context, territory.id, event.params.dossier)).map(similarInWords),
    /** The date to propose for what comes next: a check-up, once it ends. */
    proposedContact: proposedContact(
      {
        state: dossier.state,
        closedOn: dossier.closedAt && localDate(dossier.closedAt, territory.timeZone),
        nextContactOn: dossier.nextContactOn
      },
      today
    ),
    isStopped: event.url.searchParams.get('done') === 'stopped'
  };
};

export const actions: Actions = {
  default: async (event) => {
    const territory = await signedInAt(event);
    const values = await typedIn(event.request);
    const read = readTyped(moveDossierSchema, values);
    if (!read.ok) return read.answer;
    const request = {
      territoryId: territory.id,
      dossierId: event.params.dossier,
      fields: read.fields,
      origin: (await platform()).settings.origin
    };
    const verdict = await moveDossier(event.locals.context, request);
    if (verdict.ok) redirect(303, event.url.pathname);
    if (verdict.code === 'not-found') error(404);
    return failRefused({ code: verdict.code, details: verdict.details }, values);
  }
};
