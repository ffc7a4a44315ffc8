import { fail, redirect } from '@sveltejs/kit';
import {
  alertContactSchema,
  criteriaSchema,
  FREQUENCY_DEFAULT,
  isFrequency,
  isSearchSubject,
  SEARCH_LABEL_MAX_CHARACTERS,
  type SearchSubject
} from '@terreau/features/alerts/alerts.schema';
import { saveSearch } from '@terreau/features/alerts/save-search.command';
import { criteriaIn, searchHref } from '@terreau/features/alerts/search-address.rules';
import { directoryGround } from '@terreau/features/directory/directory-ground.query';
import * as v from 'valibot';
import { territoryAt } from '#lib/server/directory/territory-at.ts';
import { platform } from '#lib/server/platform.ts';
import { formText } from '#lib/server/trust/form-text.ts';
import { frequencyOptions, searchInWords } from '#lib/server/week/search-words.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad } from './$types';

/** Opened on old telephones: no script is sent. */
export const csr = false;

const QUERY_MAX_CHARACTERS = 1000;

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { id, slug } = await territoryAt(locals, params.territory);
  const search = searchIn(url.search);
  const ground = await directoryGround(locals.context, id);
  return {
    query: url.search.slice(0, QUERY_MAX_CHARACTERS),
    label: searchInWords(search.about, search.criteria, ground),
    back: searchHref(slug, search),
    frequencies: frequencyOptions(),
    frequency: FREQUENCY_DEFAULT,
    hasAccount: locals.account !== null
  };
};

export const actions: Actions = {
  default: async ({ locals, params, request, getClientAddress }) => {
    const territory = await territoryAt(locals, params.territory);
    const form = await request.formData();
    const { about, criteria } = searchIn(formText(form, 'query').slice(0, QUERY_MAX_CHARACTERS));
    const frequency = formText(form, 'frequency');
    const typed = {
      email: formText(form, 'email').slice(0, 254),
      phone: formText(form, 'phone').slice(0, 40),
      frequency
    };
    const contact = v.safeParse(alertContactSchema, typed);
    if (!contact.success) return fail(422, { errors: contactErrors(contact.issues), values: typed });
    const ground = await directoryGround(locals.context, territory.id);
    const verdict = await saveSearch(locals.context, {
      territoryId: territory.id,
      about,
      criteria,
      label: searchInWords(about, criteria, ground).slice(0, SEARCH_LABEL_MAX_CHARACTERS),
      frequency: isFrequency(frequency) ? frequency : FREQUENCY_DEFAULT,
      contact: contact.output,
      address: getClientAddress(),
      origin: (await platform()).settings.origin
    });
    if (!verdict.ok) return fail(verdict.code === 'too-many-attempts' ? 429 : 422, refusal(verdict, typed));
    if (verdict.value.waitsFor === null) redirect(303, '/account/alerts?changed');
    return { waitsFor: verdict.value.waitsFor };
  }
};

/** What an address asks for; what it does not say well is passed over. */
function searchIn(text: string): { about: SearchSubject; criteria: v.InferOutput<typeof criteriaSchema> } {
  const query = new URLSearchParams(text);
  const about = query.get('about');
  const read = v.safeParse(criteriaSchema, criteriaIn(query));
  return { about: isSearchSubject(about) ? about : 'directory', criteria: read.success ? read.output : {} };
}

const CONTACT_ERRORS: Readonly<Record<string, () => string>> = {
  'malformed-email': m.week_alert_malformed_email,
  'malformed-phone': m.week_alert_malformed_phone
};

function contactErrors(issues: readonly { message: string; path?: readonly unknown[] | undefined }[]) {
  const errors: Record<string, string> = {};
  for (const { message } of issues) {
    errors[message === 'malformed-phone' ? 'phone' : 'email'] ??= CONTACT_ERRORS[message]?.() ?? message;
  }
  return errors;
}

function refusal(
  { code, details }: { code: string; details: Readonly<Record<string, string | number>> },
  values: Record<string, string>
) {
  const words: Readonly<Record<string, () => string>> = {
    'contact-missing': m.week_alert_contact_missing,
    'too-many-searches': () => m.week_alert_too_many_searches({ max: details['max'] ?? '' }),
    'too-many-attempts': m.week_alert_too_many_attempts
  };
  return { errors: { email: words[code]?.() ?? m.week_refused_gone() } as Record<string, string>, values };
}
