import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { lineSchema, type LineFields } from '@terreau/features/funding/budget.schema';
import { changeBudgetLine } from '@terreau/features/funding/change-budget-line.command';
import { findBudget } from '@terreau/features/funding/find-budget.query';
import { writeBudgetLines } from '@terreau/features/funding/write-budget-lines.command';
import * as v from 'valibot';
import { textIn } from '#lib/server/directory/forms.ts';
import { decimalOf } from '#lib/server/funding/proposals.ts';
import { accountOptions, failFunding, failFundingFields } from '#lib/server/funding/words.ts';
import { orNotFound, signedInAt, typedIn } from '#lib/server/support/form.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

/** Under this word a line that is not there yet. */
const NEW = 'new';

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const { dossier, budget: budgetId, line: lineId } = event.params;
  const address = { territoryId: territory.id, dossierId: dossier, budgetId };
  const { head, budget, mayWork } = orNotFound(await findBudget(event.locals.context, address));
  const line = budget.lines.find(({ id }) => id === lineId);
  const isOpen = mayWork && budget.finalisedAt === null;
  if (!isOpen || (!line && lineId !== NEW)) error(404);
  return {
    dossier: head,
    budget: { id: budget.id, title: budget.title, version: budget.version },
    isNew: !line,
    accounts: accountOptions(line ? 'one-side' : 'both-sides'),
    shown: {
      label: line?.label ?? '',
      choice: line?.account ?? '',
      amount: line && line.quantityHundredths === null ? decimalOf(line.cents) : '',
      quantity: line?.quantityHundredths ? decimalOf(line.quantityHundredths) : '',
      unit: line?.unitCents ? decimalOf(line.unitCents) : '',
      basis: line?.basis ?? '',
      indirect: line?.isIndirect ? 'yes' : ''
    }
  };
};

type Event = RequestEvent<{ territory: string; dossier: string; budget: string; line: string }>;

export const actions: Actions = {
  save: async (event) => {
    const values = await typedIn(event.request);
    const read = v.safeParse(lineSchema, values);
    return read.success ? settle(event, values, read.output) : failFundingFields(read.issues, values);
  },
  remove: async (event) => settle(event, await typedIn(event.request), null)
};

async function settle(event: Event, values: Awaited<ReturnType<typeof typedIn>>, fields: LineFields | null) {
  const territory = await signedInAt(event);
  const { dossier, budget, line } = event.params;
  const address = { territoryId: territory.id, dossierId: dossier, budgetId: budget };
  const version = Number(textIn(values, 'version')) || 0;
  const verdict =
    line === NEW
      ? await writeBudgetLines(event.locals.context, { ...address, version, lines: fields ? [fields] : [] })
      : await changeBudgetLine(event.locals.context, { ...address, version, lineId: line, fields });
  if (verdict.ok) redirect(303, `/${territory.slug}/dossiers/${dossier}/budget/${budget}`);
  if (verdict.code === 'not-found') error(404);
  return failFunding({ code: verdict.code, details: verdict.details }, values);
}
