import { error, redirect } from '@sveltejs/kit';
import { decideStep } from '@terreau/features/support/decide-step.command';
import { findJourney } from '@terreau/features/support/find-journey.query';
import { journeyOf, NEXT_ACTION_KEY } from '@terreau/features/support/journey.rules';
import { decideStepSchema, planNextActionSchema } from '@terreau/features/support/journey.schema';
import { planNextAction } from '@terreau/features/support/plan-next-action.command';
import { sayFacts } from '@terreau/features/support/say-facts.command';
import { localDate } from '@terreau/kernel/instants';
import { textIn, type Typed } from '#lib/server/directory/forms.ts';
import { labelOf } from '#lib/server/directory/labels.ts';
import { KIND_WORDS } from '#lib/server/catalogue/words.ts';
import { platform } from '#lib/server/platform.ts';
import { orNotFound, readTyped, signedInAt, typedIn } from '#lib/server/support/form.ts';
import {
  decisionsInWords,
  exitOptions,
  fieldOf,
  questionsOf,
  saidIn,
  sourcesOf,
  stepsOf
} from '#lib/server/support/journey-page.ts';
import { DECISION_WORDS } from '#lib/server/support/journey-words.ts';
import { failRefused, optionsOf, ROLE_WORDS, stepInWords } from '#lib/server/support/words.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

/** How many themes of the dossier lead into the catalogue. */
const THEMES_SHOWN = 3;

const DONE: Readonly<Record<string, () => string>> = {
  said: m.support_journey_done_said,
  planned: m.support_journey_done_planned,
  answered: m.support_journey_done_answered,
  decided: m.support_journey_done_decided
};

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const { context } = event.locals;
  const request = {
    territoryId: territory.id,
    dossierId: event.params.dossier,
    look: { kind: 'page', what: 'journey' } as const
  };
  const journey = orNotFound(await findJourney(context, request));
  const steps = journeyOf(context.language);
  const step = steps[journey.step]!;
  const action = journey.facts.get(NEXT_ACTION_KEY);
  return {
    dossier: journey.head,
    done: DONE[event.url.searchParams.get('done') ?? '']?.() ?? null,
    step: {
      number: step.step,
      name: stepInWords(step.step),
      doing: step.doing,
      helpers: step.helpers,
      deliverable: step.deliverable,
      isBegun: step.fields.some((field) => field.askedAt === null && journey.facts.get(field.key)?.value),
      proposal: step.action
    },
    action: action?.value ? { text: action.value, by: action.by, at: action.at } : null,
    nextContactOn: journey.nextContactOn,
    isLate: journey.nextContactOn !== null && journey.nextContactOn < localDate(context.now, territory.timeZone),
    people: journey.circle.map((member) => `${member.name} (${ROLE_WORDS[member.role]().toLocaleLowerCase()})`),
    supports: step.supports.flatMap((kind) => supportLinks(kind as keyof typeof KIND_WORDS, journey.themes)),
    questions: questionsOf(step, journey, territory.timeZone),
    exitOptions: exitOptions(),
    sources: sourcesOf(step, journey),
    steps: stepsOf(steps, journey, territory.timeZone),
    decisions: decisionsInWords(journey, territory.timeZone),
    // Stopping has a page of its own, where it is thanked for.
    mayDecide: optionsOf(
      DECISION_WORDS,
      journey.mayDecide.filter((decision) => decision !== 'stop')
    ),
    otherSteps: steps
      .filter((one) => one.step !== step.step)
      .map((one) => ({ value: String(one.step), label: stepInWords(one.step) })),
    writes: journey.mayWrite && !journey.isEnded,
    plansContact: journey.head.role === 'facilitator',
    version: journey.version,
    newestFact: journey.newestFact
  };
};

/** Where the catalogue helps: this kind of support, under each theme of the project. */
function supportLinks(kind: keyof typeof KIND_WORDS, themes: readonly string[]) {
  if (themes.length === 0) return [{ query: `kind=${kind}`, label: KIND_WORDS[kind]() }];
  return themes.slice(0, THEMES_SHOWN).map((theme) => ({
    query: `${new URLSearchParams({ kind, theme })}`,
    label: m.support_journey_help_kind_theme({ kind: KIND_WORDS[kind](), theme: labelOf('theme', theme) })
  }));
}

export const actions: Actions = {
  plan: async (event) => {
    const { place, values } = await asked(event);
    const read = readTyped(planNextActionSchema, values);
    if (!read.ok) return read.answer;
    const { action, contactOn: nextContactOn } = read.fields;
    const verdict = await planNextAction(event.locals.context, { ...place, action, nextContactOn });
    return answer(
      event,
      verdict,
      values,
      'planned',
      verdict.ok || verdict.code === 'fact-too-long' ? 'action' : 'contactOn'
    );
  },
  answer: async (event) => {
    const { place, values } = await asked(event);
    const said = saidIn(
      values,
      journeyOf('fr').flatMap((one) => one.questions.map((question) => question.key))
    );
    const seen = textIn(values, 'seen') || null;
    const verdict = await sayFacts(event.locals.context, { ...place, said, seen });
    return answer(event, verdict, values, 'answered', verdict.ok ? undefined : fieldOf(verdict.details));
  },
  decide: async (event) => {
    const { place, values } = await asked(event);
    const read = readTyped(decideStepSchema, values);
    if (!read.ok) return read.answer;
    const { origin } = (await platform()).settings;
    const verdict = await decideStep(event.locals.context, { ...place, fields: read.fields, origin });
    return answer(event, verdict, values, 'decided');
  }
};

async function asked(event: RequestEvent) {
  const territory = await signedInAt(event);
  const values = await typedIn(event.request);
  return { place: { territoryId: territory.id, dossierId: event.params.dossier }, values };
}

type Answered = Awaited<ReturnType<typeof planNextAction | typeof sayFacts | typeof decideStep>>;

function answer(event: RequestEvent, verdict: Answered, values: Typed, done: string, field?: string) {
  if (verdict.ok) redirect(303, `${event.url.pathname}?done=${done}`);
  if (verdict.code === 'not-found') error(404);
  return failRefused({ code: verdict.code, details: verdict.details }, values, field);
}
