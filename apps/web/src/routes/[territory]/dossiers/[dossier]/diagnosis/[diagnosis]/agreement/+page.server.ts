import { textIn, type Typed } from '#lib/server/directory/forms.ts';
import { error, redirect } from '@sveltejs/kit';
import { agreeDiagnosis, type AgreedTogether } from '@terreau/features/support/agree-diagnosis.command';
import { readAnswer } from '@terreau/features/support/diagnosis-answers.rules';
import { gapBetween, GAP_LEVELS, inOrderOfGap, type Answer } from '@terreau/features/support/diagnosis.rules';
import { gridOf } from '@terreau/features/support/diagnosis-grid.rules';
import { findDiagnosis } from '@terreau/features/support/find-diagnosis.query';
import { localDate } from '@terreau/kernel/instants';
import { orNotFound, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { answerInWords, failRefused, roundInWords } from '#lib/server/support/words.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

/** As many items as one form holds, the widest gaps first; the others are agreed on with their dimension. */
const GAPS_PAGE_ITEMS = 19;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const { context } = event.locals;
  const address = { territoryId: territory.id, dossierId: event.params.dossier, diagnosisId: event.params.diagnosis };
  const sheet = orNotFound(await findDiagnosis(context, address));
  const grid = gridOf(sheet.form, context.language);
  const asked = event.url.searchParams.get('dimension') ?? '';
  const compared = grid
    .flatMap((dimension) => dimension.items)
    .map((item) => ({
      code: item.code,
      title: item.title,
      answers: sheet.views.flatMap((view): Answer[] => {
        const answer = view.answers.get(item.code);
        return answer === undefined ? [] : [answer];
      }),
      views: sheet.views.flatMap(({ name, answers }) => {
        const answer = answers.get(item.code);
        return answer === undefined ? [] : [m.support_diagnosis_view_of({ name, level: answerInWords(answer) })];
      })
    }));
  const dimension = grid.find((one) => one.code === asked);
  const shown = dimension
    ? compared.filter((item) => dimension.items.some((one) => one.code === item.code))
    : inOrderOfGap(compared)
        .filter((item) => (gapBetween(item.answers) ?? 0) >= GAP_LEVELS)
        .slice(0, GAPS_PAGE_ITEMS);
  const agreed = new Map(sheet.agreed.map((row) => [row.item, row]));
  return {
    dossier: sheet.head,
    name: roundInWords(sheet.round),
    title: dimension?.title ?? m.support_diagnosis_gaps({ count: shown.length }),
    isOpen: sheet.isCompared && !sheet.isSigned && sheet.head.isActive && sheet.head.role !== 'observer',
    today: localDate(context.now, territory.timeZone),
    agreedOn: sheet.agreedOn,
    peoplePresent: sheet.peoplePresent,
    items: shown.map(({ code, title, views }) => {
      const row = agreed.get(code);
      return {
        code,
        title,
        views,
        answer: row ? String(row.answer) : '',
        importance: row?.importance === null || row?.importance === undefined ? '' : String(row.importance),
        evidence: row?.evidence ?? ''
      };
    })
  };
};

export const actions: Actions = {
  default: async (event) => {
    const territory = await signedInAt(event);
    const values = await typedIn(event.request);
    const verdict = await agreeDiagnosis(event.locals.context, {
      territoryId: territory.id,
      dossierId: event.params.dossier,
      diagnosisId: event.params.diagnosis,
      agreedOn: dateIn(textIn(values, 'agreedOn')),
      peoplePresent: textIn(values, 'peoplePresent').trim() || null,
      items: itemsIn(values)
    });
    if (verdict.ok) {
      redirect(303, `/${territory.slug}/dossiers/${event.params.dossier}/diagnosis/${event.params.diagnosis}`);
    }
    if (verdict.code === 'not-found') error(404);
    return failRefused({ code: verdict.code, details: verdict.details }, values);
  }
};

/** The items to which a level was given; the others are left as they are. */
function itemsIn(values: Typed): AgreedTogether[] {
  return Object.keys(values).flatMap((name) => {
    const answer = /^D\d+\.\d$/.test(name) ? readAnswer(textIn(values, name)) : null;
    if (answer === null) return [];
    const importance = textIn(values, `${name}-importance`);
    return [
      {
        item: name,
        answer,
        importance: /^[0-3]$/.test(importance) ? Number(importance) : null,
        evidence: textIn(values, `${name}-evidence`).trim() || null
      }
    ];
  });
}

function dateIn(typed: string): string | null {
  return /^\d{4}-\d{2}-\d{2}$/.test(typed) && !Number.isNaN(Date.parse(typed)) ? typed : null;
}
