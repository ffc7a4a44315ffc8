import { error, fail, type RequestEvent } from '@sveltejs/kit';
import { findReport } from '@terreau/features/support/find-report.query';
import { mayTellFunder } from '@terreau/features/support/report.policy';
import type { Difference } from '@terreau/features/support/frozen-report.rules';
import type { Territory } from '@terreau/features/territories/find-territory.query';
import { currentLanguage } from '#lib/languages.ts';
import { m } from '#texts/messages.js';
import type { Typed } from '../directory/forms.ts';
import { orNotFound, signedInAt } from './form.ts';
import { amountInWords, textsOf, told } from './report-words.ts';

/** The territory, for whoever coordinates it; anybody else is told that there is nothing. */
export async function coordinatedAt(
  event: Pick<RequestEvent, 'locals' | 'url'> & { params: { territory: string } }
): Promise<Territory> {
  const territory = await signedInAt(event);
  if (!mayTellFunder(event.locals.context.actor, territory.id)) error(404);
  return territory;
}

/** A report to a funder, as the page of the staff and its files tell it. */
export async function toldReport(
  event: Pick<RequestEvent, 'locals' | 'url'> & { params: { territory: string; report: string } }
) {
  const territory = await coordinatedAt(event);
  const request = { territoryId: territory.id, reportId: event.params.report };
  const found = orNotFound(await findReport(event.locals.context, request));
  return {
    territory,
    found,
    report: told(found.report.sections, found.names, 'some'),
    period: { from: found.from, to: found.to },
    fileName: `bilan-${found.from}-${found.to}`,
    texts: wordsOf(found)
  };
}

interface WithWords {
  readonly texts: readonly { readonly title: string; readonly words: string | null }[];
  readonly comment: string | null;
  readonly failed: string | null;
  readonly nothingFailedBecause: string | null;
}

/** What people wrote in a report, under the title of each question. */
export function wordsOf({ texts, comment, failed, nothingFailedBecause }: WithWords) {
  return textsOf([
    ...texts.map(({ title, words }) => [title, words] as const),
    [m.support_reports_comment(), comment],
    [
      m.support_reports_failed(),
      failed ?? (nothingFailedBecause && m.support_reports_nothing_said({ reason: nothingFailedBecause }))
    ]
  ]);
}

export function differencesInWords(differences: readonly Difference[]) {
  const language = currentLanguage();
  return differences.map((difference, index) => ({
    key: String(index),
    what: `${difference.label[language]} · ${difference.line[language]}`,
    told: amountInWords(difference.told, difference.unit),
    today: amountInWords(difference.today, difference.unit)
  }));
}

const REFUSALS: Readonly<Record<string, (details: { max: number }) => string>> = {
  'report-frozen': m.support_reports_refusal_frozen,
  'period-not-over': m.support_reports_refusal_not_over,
  'changed-meanwhile': m.support_reports_refusal_changed,
  'period-malformed': m.support_reports_refusal_period,
  'template-empty': m.support_reports_refusal_template_empty,
  'measures-missing': m.support_reports_refusal_measures,
  'too-many-sections': m.support_reports_refusal_sections,
  'too-many-texts': m.support_reports_refusal_texts,
  'answer-too-long': m.support_reports_refusal_answer,
  'failed-or-nothing': m.support_reports_refusal_failed_or_nothing,
  'failed-missing': m.support_reports_refusal_failed,
  'report-not-frozen': m.support_reports_refusal_not_frozen,
  'too-many-links': m.support_reports_refusal_links
};

const FIELD_OF: Readonly<Record<string, string>> = {
  'period-malformed': 'to',
  'measures-missing': 'measures',
  'failed-or-nothing': 'nothingFailedBecause',
  'failed-missing': 'failed',
  'template-empty': 'template'
};

/** A form of reports sent back with what a command refused; what was typed stays. */
export function failReport(
  refusal: { readonly code: string; readonly details: Readonly<Record<string, string | number>> },
  values: Typed
) {
  if (refusal.code === 'not-found') error(404);
  const { details } = refusal;
  const field = String(details['field'] ?? FIELD_OF[refusal.code] ?? '');
  const errors: Record<string, string> = { [field]: REFUSALS[refusal.code]!({ max: Number(details['max'] ?? 0) }) };
  return fail(409, { values, errors });
}
