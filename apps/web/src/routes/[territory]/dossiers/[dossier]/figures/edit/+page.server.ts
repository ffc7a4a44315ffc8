import { error, fail, redirect } from '@sveltejs/kit';
import { findKeyFigures } from '@terreau/features/support/find-key-figures.query';
import type { YearOfFigures } from '@terreau/features/support/key-figures.rules';
import { keyFiguresSchema } from '@terreau/features/support/key-figures.schema';
import { saveKeyFigures, type SaveKeyFiguresRefusal } from '@terreau/features/support/save-key-figures.command';
import { asTyped, type Typed } from '#lib/server/directory/forms.ts';
import { figureInWords } from '#lib/server/support/figures-words.ts';
import { orNotFound, readTyped, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad } from './$types';

/** A plain form: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const request = { territoryId: territory.id, dossierId: event.params.dossier };
  const sheet = orNotFound(await findKeyFigures(event.locals.context, request));
  if (!sheet.head.isActive) error(404);
  const asked = Number(event.url.searchParams.get('year'));
  const known = sheet.years.find(({ year }) => year === asked);
  const where = (code: 'K1' | 'K2' | 'K3' | 'K6' | 'K7' | 'K8' | 'K9' | 'K10' | 'K11' | 'K12') =>
    figureInWords(code).where;
  return {
    dossier: sheet.head,
    year: known?.year ?? sheet.lastYear,
    typed: known ? fieldsOf(known.typed) : {},
    hints: {
      jobs: where('K1'),
      volunteers: where('K2'),
      hourlyValue: where('K9'),
      income: where('K3'),
      cash: where('K6'),
      equity: where('K7'),
      multiYear: where('K8'),
      partnerships: figureInWords('K11').definition,
      board: where('K12')
    }
  };
};

export const actions: Actions = {
  default: async (event) => {
    const territory = await signedInAt(event);
    const values = await typedIn(event.request);
    const read = readTyped(keyFiguresSchema, values);
    if (!read.ok) return read.answer;
    const request = { territoryId: territory.id, dossierId: event.params.dossier, ...read.fields };
    const verdict = await saveKeyFigures(event.locals.context, request);
    if (verdict.ok) redirect(303, `/${territory.slug}/dossiers/${event.params.dossier}/figures`);
    if (verdict.code === 'not-found') error(404);
    const [field, text] = REFUSALS[verdict.code];
    return fail(409, { values, errors: { [field]: text() } });
  }
};

const REFUSALS: Readonly<Record<Exclude<SaveKeyFiguresRefusal, 'not-found'>, readonly [string, () => string]>> = {
  'year-not-ended': ['year', m.support_figures_refusal_year],
  'nothing-typed': ['jobs', m.support_figures_refusal_nothing],
  'sources-above-income': ['income', m.support_figures_refusal_sources]
};

/** A year as its form shows it: euros and jobs with a comma. */
function fieldsOf(figures: YearOfFigures): Typed {
  const parts = (value: number | null) => (value === null ? '' : String(value / 100).replace('.', ','));
  return {
    ...asTyped({
      volunteers: figures.volunteers,
      volunteerHours: figures.volunteerHours,
      busiestVolunteerHours: figures.busiestVolunteerHours,
      peopleReached: figures.peopleReached,
      reachedDefinition: figures.reachedDefinition,
      partnerships: figures.partnerships,
      boardMembers: figures.boardMembers,
      boardResidents: figures.boardResidents
    }),
    jobs: parts(figures.jobsHundredths),
    permanentJobs: parts(figures.permanentJobsHundredths),
    income: parts(figures.incomeCents),
    charges: parts(figures.chargesCents),
    nonCashCharges: parts(figures.nonCashChargesCents),
    cash: parts(figures.cashCents),
    equity: parts(figures.equityCents),
    multiYear: parts(figures.multiYearCents),
    hourlyValue: parts(figures.hourlyValueCents),
    ...Object.fromEntries(
      figures.sources.flatMap(({ label, amountCents }, index) => [
        [`source${index + 1}`, label],
        [`amount${index + 1}`, parts(amountCents)]
      ])
    )
  };
}
