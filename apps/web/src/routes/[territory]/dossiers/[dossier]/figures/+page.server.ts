import { error, redirect } from '@sveltejs/kit';
import { findKeyFigures } from '@terreau/features/support/find-key-figures.query';
import { keepCallBack } from '@terreau/features/support/keep-call-back.command';
import { FIGURE_CODES } from '@terreau/features/support/key-figures.rules';
import { figureInWords, markInWords, valueInWords } from '#lib/server/support/figures-words.ts';
import { orNotFound, signedInAt } from '#lib/server/support/form.ts';
import { formText } from '#lib/server/trust/form-text.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

/** N, N+1 and N+2 stand beside each other; older years stay in the tables. */
const YEARS_SHOWN_COUNT = 3;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const request = { territoryId: territory.id, dossierId: event.params.dossier };
  const sheet = orNotFound(await findKeyFigures(event.locals.context, request));
  const years = sheet.years.slice(0, YEARS_SHOWN_COUNT).toReversed();
  const alerts = new Set(sheet.alerts);
  return {
    dossier: sheet.head,
    yearEndsOn: sheet.yearEndsOn,
    works: sheet.head.isActive,
    isAdviser: sheet.head.isActive && sheet.head.role === 'facilitator',
    alerts: sheet.alerts.map((code) => ({
      code,
      name: figureInWords(code).name,
      value: valueInWords(sheet.years[0]!.figures.find((figure) => figure.code === code)!)!,
      mark: markInWords(code, sheet.marks)!.text
    })),
    callBack: sheet.callBack,
    years: years.map(({ year }) => year),
    toType: sheet.years.some(({ year }) => year === sheet.lastYear) ? null : sheet.lastYear,
    rows: FIGURE_CODES.map((code, index) => ({
      ...figureInWords(code),
      mark: markInWords(code, sheet.marks),
      isMarked: years.some(({ figures }) => figures[index]!.isMarked),
      isAlert: alerts.has(code),
      values: years.map(({ figures }) => ({
        text: valueInWords(figures[index]!),
        isMarked: figures[index]!.isMarked
      }))
    }))
  };
};

export const actions: Actions = {
  called: async (event) => {
    const territory = await signedInAt(event);
    const contactId = formText(await event.request.formData(), 'contact');
    const request = {
      territoryId: territory.id,
      dossierId: event.params.dossier,
      contactId,
      outcome: 'reached'
    } as const;
    const verdict = await keepCallBack(event.locals.context, request);
    if (!verdict.ok) error(404);
    redirect(303, event.url.pathname);
  }
};
