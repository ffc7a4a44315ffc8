import { error, fail, redirect } from '@sveltejs/kit';
import {
  consentToDiagnosis,
  CONSENT_PURPOSES,
  type ConsentToDiagnosisRefusal
} from '@terreau/features/support/consent-to-diagnosis.command';
import { gridOf } from '@terreau/features/support/diagnosis-grid.rules';
import { findDiagnosisConsents, type DiagnosisConsent } from '@terreau/features/support/find-diagnosis-consents.query';
import { orNotFound, signedInAt } from '#lib/server/support/form.ts';
import { answerInWords, roundInWords } from '#lib/server/support/words.ts';
import { formText } from '#lib/server/trust/form-text.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

const ITEMS_MAX_COUNT = 40;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const { context } = event.locals;
  const address = { territoryId: territory.id, dossierId: event.params.dossier, diagnosisId: event.params.diagnosis };
  const sheet = orNotFound(await findDiagnosisConsents(context, address));
  const items = gridOf(sheet.form, context.language).flatMap((dimension) => dimension.items);
  const titles = new Map(items.map((item) => [item.code, item.title]));
  const inForce = (purpose: DiagnosisConsent['purpose']) =>
    sheet.consents.filter((consent) => consent.purpose === purpose && consent.withdrawnAt === null);
  const agreed = items.filter(({ code }) => sheet.agreed.has(code));
  const { role, isActive } = sheet.head;
  return {
    dossier: sheet.head,
    name: roundInWords(sheet.round),
    isCounted: sheet.isCounted,
    // Observers read what was said; experts speak for nobody.
    mayChange: isActive && role !== 'observer' && role !== 'expert',
    isAdviser: role === 'facilitator',
    countable: agreed.map(({ code, title }) => ({
      value: code,
      label: `${title} (${answerInWords(sheet.agreed.get(code)!)})`
    })),
    counted: inForce('count').map(({ item }) => item),
    shareable: agreed
      .filter(({ code }) => sheet.agreed.get(code) === 4)
      .map(({ code, title }) => ({ value: code, label: title })),
    shared: inForce('share').map(({ item, supportId }) => ({ item, title: titles.get(item) ?? item, supportId })),
    history: sheet.consents.map((consent) => ({ ...consent, title: titles.get(consent.item) ?? consent.item }))
  };
};

const REFUSALS: Readonly<Record<Exclude<ConsentToDiagnosisRefusal, 'not-found'>, () => string>> = {
  'consent-not-yours': m.support_consents_refusal_not_yours,
  'item-not-agreed': m.support_consents_refusal_item
};

export const actions: Actions = {
  default: async (event) => {
    const territory = await signedInAt(event);
    const form = await event.request.formData();
    const purpose = CONSENT_PURPOSES.find((one) => one === formText(form, 'purpose'));
    if (!purpose)
      return fail(422, { purpose: 'count' as const, items: [], problem: m.support_consents_refusal_item() });
    const channel = (['oral', 'paper'] as const).find((one) => one === formText(form, `channel-${purpose}`)) ?? 'page';
    const items = form
      .getAll(`items-${purpose}`)
      .flatMap((item) => (typeof item === 'string' ? item : []))
      .slice(0, ITEMS_MAX_COUNT);
    const verdict = await consentToDiagnosis(event.locals.context, {
      territoryId: territory.id,
      dossierId: event.params.dossier,
      diagnosisId: event.params.diagnosis,
      purpose,
      channel,
      items: formText(form, 'all') ? 'all' : items
    });
    if (verdict.ok) redirect(303, event.url.pathname);
    if (verdict.code === 'not-found') error(404);
    return fail(409, { purpose, items, problem: REFUSALS[verdict.code]() });
  }
};
