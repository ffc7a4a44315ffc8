import { error, fail, redirect } from '@sveltejs/kit';
import { supportSchema } from '@terreau/features/orientation/support.schema';
import { gridOf } from '@terreau/features/support/diagnosis-grid.rules';
import { findDiagnosisConsents } from '@terreau/features/support/find-diagnosis-consents.query';
import { offerHelp, type OfferHelpRefusal } from '@terreau/features/support/offer-help.command';
import * as v from 'valibot';
import { textIn } from '#lib/server/directory/forms.ts';
import { orNotFound, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad } from './$types';

/** A plain form: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const { context } = event.locals;
  const address = { territoryId: territory.id, dossierId: event.params.dossier, diagnosisId: event.params.diagnosis };
  const sheet = orNotFound(await findDiagnosisConsents(context, address));
  if (sheet.head.role !== 'facilitator' || !sheet.head.isActive) error(404);
  const code = event.url.searchParams.get('item');
  const item = gridOf('full', context.language)
    .flatMap((dimension) => dimension.items)
    .find((one) => one.code === code);
  return {
    dossier: sheet.head,
    item: item?.code ?? '',
    typed: {
      title: item ? m.support_consents_help_name_value({ item: item.title }) : '',
      summary: item?.levels[4] ?? '',
      provider: sheet.organizationName ?? ''
    }
  };
};

const REFUSALS: Readonly<Record<Exclude<OfferHelpRefusal, 'not-found'>, () => string>> = {
  'consent-missing': m.support_consents_refusal_missing,
  'help-already-offered': m.support_consents_refusal_offered,
  'follows-a-sheet': m.support_consents_refusal_sheet,
  'neighbourhood-unknown': m.support_consents_refusal_sheet,
  'source-missing': m.support_consents_refusal_sheet
};

export const actions: Actions = {
  default: async (event) => {
    const territory = await signedInAt(event);
    const values = await typedIn(event.request);
    const sheet = Object.fromEntries(FIELDS.map((name) => [name, textIn(values, name)]));
    const read = v.safeParse(supportSchema, { ...sheet, kind: 'service' });
    if (!read.success) return fail(422, { values, problem: m.support_consents_refusal_sheet() });
    const verdict = await offerHelp(event.locals.context, {
      territoryId: territory.id,
      dossierId: event.params.dossier,
      diagnosisId: event.params.diagnosis,
      item: textIn(values, 'item'),
      fields: read.output
    });
    if (verdict.ok) redirect(303, event.url.pathname.replace(/\/help$/, ''));
    if (verdict.code === 'not-found') error(404);
    return fail(409, { values, problem: REFUSALS[verdict.code]() });
  }
};

const FIELDS = ['title', 'summary', 'provider', 'email', 'phone'] as const;
