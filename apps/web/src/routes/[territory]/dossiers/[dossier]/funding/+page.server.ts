import { error, redirect } from '@sveltejs/kit';
import { addPossibleFunding } from '@terreau/features/funding/add-possible-funding.command';
import { eurosField } from '@terreau/features/funding/budget.schema';
import { listPossibleFunding } from '@terreau/features/funding/list-possible-funding.query';
import { THEMES } from '@terreau/formats/vocabulary';
import * as v from 'valibot';
import { textIn } from '#lib/server/directory/forms.ts';
import { themeOptions } from '#lib/server/directory/labels.ts';
import { failFunding, failFundingFields } from '#lib/server/funding/words.ts';
import { orNotFound, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

const amountSchema = v.object({ amount: eurosField() });

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const asked = event.url.searchParams.get('theme') ?? 'own';
  const theme = asked === 'all' || THEMES.some(({ code }) => code === asked) ? asked : 'own';
  const typed = event.url.searchParams.get('before') ?? '';
  const before = /^\d{4}-\d{2}-\d{2}$/.test(typed) && !Number.isNaN(Date.parse(typed)) ? typed : null;
  const search = { territoryId: territory.id, dossierId: event.params.dossier, theme, before };
  const found = orNotFound(await listPossibleFunding(event.locals.context, search));
  return {
    dossier: found.head,
    mayAdd: found.mayWork && found.drafts.length > 0,
    filters: { theme, before: before ?? '' },
    themes: [
      { value: 'own', label: m.funding_possible_theme_dossier() },
      { value: 'all', label: m.funding_possible_theme_all() },
      ...themeOptions()
    ],
    total: found.total,
    drafts: found.drafts.map(({ id, title }) => ({ value: id, label: title })),
    chosen: event.url.searchParams.get('add'),
    isAdded: event.url.searchParams.has('done'),
    sheets: found.sheets.map((sheet) => ({
      id: sheet.id,
      title: sheet.title,
      provider: sheet.provider,
      whoMay: sheet.whoMay,
      whoMayNot: sheet.whoMayNot,
      ceilingCents: sheet.ceilingCents,
      closesOn: sheet.closesOn,
      sourceUrl: sheet.sourceUrl,
      checkedOn: sheet.checkedOn,
      standing: sheet.standing
    }))
  };
};

export const actions: Actions = {
  default: async (event) => {
    const territory = await signedInAt(event);
    const values = await typedIn(event.request);
    const read = v.safeParse(amountSchema, values);
    if (!read.success) return failFundingFields(read.issues, values);
    const verdict = await addPossibleFunding(event.locals.context, {
      territoryId: territory.id,
      dossierId: event.params.dossier,
      budgetId: textIn(values, 'budget'),
      supportId: textIn(values, 'support'),
      cents: read.output.amount ?? 0
    });
    if (verdict.ok) redirect(303, `${event.url.pathname}?done`);
    if (verdict.code === 'not-found') error(404);
    return failFunding({ code: verdict.code, details: verdict.details }, values);
  }
};
