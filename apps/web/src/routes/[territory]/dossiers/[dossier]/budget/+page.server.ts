import { error, fail, redirect } from '@sveltejs/kit';
import { newBudgetSchema } from '@terreau/features/funding/budget.schema';
import { createBudget } from '@terreau/features/funding/create-budget.command';
import { financialYear } from '@terreau/features/funding/deadlines.rules';
import { listBudgets } from '@terreau/features/funding/find-budget.query';
import { BUDGET_FILE_MAX_BYTES, importBudget } from '@terreau/features/funding/import-budget.command';
import { localDate } from '@terreau/kernel/instants';
import * as v from 'valibot';
import { failFunding, failFundingFields, refusalInWords } from '#lib/server/funding/words.ts';
import { orNotFound, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const { context } = event.locals;
  const list = orNotFound(await listBudgets(context, { territoryId: territory.id, dossierId: event.params.dossier }));
  const year = financialYear(localDate(context.now, territory.timeZone), list.yearEndsOn);
  return {
    dossier: list.head,
    budgets: list.budgets,
    mayWork: list.mayWork,
    proposed: { title: list.title, ...year },
    about: [
      { value: 'project', label: m.funding_about_project() },
      { value: 'year', label: m.funding_about_year() }
    ]
  };
};

export const actions: Actions = {
  create: async (event) => {
    const territory = await signedInAt(event);
    const values = await typedIn(event.request);
    const read = v.safeParse(newBudgetSchema, values);
    if (!read.success) return failFundingFields(read.issues, values);
    const request = { territoryId: territory.id, dossierId: event.params.dossier, fields: read.output };
    const verdict = await createBudget(event.locals.context, request);
    if (verdict.ok) redirect(303, `${event.url.pathname}/${verdict.value}`);
    if (verdict.code === 'not-found') error(404);
    return failFunding({ code: verdict.code, details: verdict.details }, values);
  },
  read: async (event) => {
    const territory = await signedInAt(event);
    const file = (await event.request.formData()).get('file');
    const isFile = file instanceof File && file.size > 0 && file.size <= BUDGET_FILE_MAX_BYTES;
    // Read in any case: whoever may not see the dossier is told nothing about the file.
    const verdict = await importBudget(event.locals.context, {
      territoryId: territory.id,
      dossierId: event.params.dossier,
      fileName: isFile ? file.name : '',
      bytes: isFile ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array()
    });
    if (verdict.ok) redirect(303, `${event.url.pathname}/${verdict.value}`);
    if (verdict.code === 'not-found') error(404);
    const text = isFile
      ? refusalInWords({ code: verdict.code, details: verdict.details })
      : m.funding_refusal_file_missing();
    return fail(422, { values: {}, errors: { file: text } as Record<string, string> });
  }
};
