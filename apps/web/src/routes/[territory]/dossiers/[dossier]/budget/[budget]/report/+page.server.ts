import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { SIDES, sideOf } from '@terreau/features/funding/accounts.rules';
import { textsSchema, unforeseenSchema } from '@terreau/features/funding/budget.schema';
import { asksWhy, gapOf } from '@terreau/features/funding/financial-report.rules';
import { findFinancialReport } from '@terreau/features/funding/find-financial-report.query';
import {
  writeFinancialReport,
  type WriteFinancialReportRequest
} from '@terreau/features/funding/write-financial-report.command';
import { formatExactEuros, formatPercent } from '#lib/formats.ts';
import * as v from 'valibot';
import { textIn, type Typed } from '#lib/server/directory/forms.ts';
import { decimalOf } from '#lib/server/funding/proposals.ts';
import { readActuals } from '#lib/server/funding/read-actuals.ts';
import { accountOptions, failFunding, failFundingFields, SIDE_WORDS } from '#lib/server/funding/words.ts';
import { orNotFound, signedInAt, typedIn } from '#lib/server/support/form.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

/** Lines whose amounts are typed in one form: an amount and an explanation each. */
const PART_LINES = 24;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const { dossier, budget } = event.params;
  const address = { territoryId: territory.id, dossierId: dossier, budgetId: budget };
  const report = orNotFound(await findFinancialReport(event.locals.context, address));
  const forecast = report.lines.filter((line) => line.lineId !== null);
  const parts = Math.max(1, Math.ceil(forecast.length / PART_LINES));
  const part = Math.min(parts - 1, Math.max(0, Number(event.url.searchParams.get('part')) || 0));
  return {
    dossier: report.head,
    budget: report.budget,
    mayWrite: report.mayWork && report.budget.isFinal && report.closedAt === null,
    closedAt: report.closedAt,
    texts: report.texts,
    isSaved: event.url.searchParams.has('done'),
    sides: SIDES.map((side) => ({
      side,
      title: SIDE_WORDS[side](),
      rows: [
        ...report.lines.filter((line) => sideOf(line.account) === side).map(rowOf),
        totalRow(report.forecast[side], report.actual[side])
      ]
    })).filter(({ rows }) => rows.length > 1),
    part,
    parts: Array.from({ length: parts }, (_, index) => ({
      from: index * PART_LINES + 1,
      to: Math.min((index + 1) * PART_LINES, forecast.length)
    })),
    fields: forecast.slice(part * PART_LINES, (part + 1) * PART_LINES).map((line) => ({
      id: line.lineId!,
      label: line.label,
      forecast: formatExactEuros(line.forecast),
      actual: line.actual === null ? '' : decimalOf(line.actual),
      asksWhy: asksWhy(line),
      explanation: line.explanation ?? ''
    })),
    accounts: accountOptions('one-side')
  };
};

type Report = NonNullable<Awaited<ReturnType<typeof findFinancialReport>>>;

function rowOf(line: Report['lines'][number], index: number) {
  return {
    key: line.lineId ?? line.actualId ?? String(index),
    label: `${line.account} · ${line.label}`,
    ...amountsOf(line),
    explanation: line.explanation,
    isOwed: asksWhy(line) && !line.explanation
  };
}

function totalRow(forecast: number, actual: number) {
  return { key: 'total', label: null, ...amountsOf({ forecast, actual }), explanation: null, isOwed: false };
}

function amountsOf({ forecast, actual }: { forecast: number; actual: number | null }) {
  const { cents, share } = gapOf({ forecast, actual });
  return {
    forecast: formatExactEuros(forecast),
    actual: actual === null ? null : formatExactEuros(actual),
    gap: actual === null ? '' : formatExactEuros(cents),
    share: actual === null || share === null ? '' : formatPercent(share)
  };
}

type Event = RequestEvent<{ territory: string; dossier: string; budget: string }>;
type Change = Omit<WriteFinancialReportRequest, 'territoryId' | 'dossierId' | 'budgetId' | 'version'>;

export const actions: Actions = {
  actuals: async (event) => {
    const values = await typedIn(event.request);
    const read = readActuals(values);
    return read.ok ? settle(event, values, { actuals: read.actuals }) : read.answer;
  },
  unforeseen: async (event) => {
    const values = await typedIn(event.request);
    const read = v.safeParse(unforeseenSchema, values);
    return read.success ? settle(event, values, { unforeseen: read.output }) : failFundingFields(read.issues, values);
  },
  texts: async (event) => {
    const values = await typedIn(event.request);
    const read = v.safeParse(textsSchema, values);
    return read.success ? settle(event, values, { texts: read.output }) : failFundingFields(read.issues, values);
  },
  close: async (event) => settle(event, await typedIn(event.request), { isFinal: true })
};

async function settle(event: Event, values: Typed, change: Change) {
  const territory = await signedInAt(event);
  const { dossier, budget } = event.params;
  const address = { territoryId: territory.id, dossierId: dossier, budgetId: budget };
  const version = Number(textIn(values, 'version')) || 0;
  const verdict = await writeFinancialReport(event.locals.context, { ...address, version, ...change });
  if (verdict.ok) redirect(303, `${event.url.pathname}?done`);
  if (verdict.code === 'not-found') error(404);
  return failFunding({ code: verdict.code, details: verdict.details }, values);
}
