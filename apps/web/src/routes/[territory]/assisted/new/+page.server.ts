import { error, fail } from '@sveltejs/kit';
import { organizationSchema, readFields, skillSchema } from '@terreau/features/directory/directory.schema';
import { assistedPersonSchema } from '@terreau/features/trust/assisted.schema';
import {
  consentText,
  ASSISTED_CONSENT_PURPOSE,
  ASSISTED_CONSENT_VERSION
} from '@terreau/features/trust/consent-texts.rules';
import { enterForPerson, type AssistedPublication } from '@terreau/features/trust/enter-for-person.command';
import { mayTypeForOthers } from '@terreau/features/trust/trust.policy';
import { renderSVG } from 'uqr';
import { mustBeSignedIn, territoryAt } from '#lib/server/directory/territory-at.ts';
import { platform } from '#lib/server/platform.ts';
import { formText } from '#lib/server/trust/form-text.ts';
import { assistedProblem } from '#lib/server/trust/assisted-words.ts';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  mustBeSignedIn(locals, url);
  const { territory } = await parent();
  if (!mayTypeForOthers(locals.context.actor, territory.id)) error(404);
  return { agreement: consentText(ASSISTED_CONSENT_PURPOSE, ASSISTED_CONSENT_VERSION, locals.context.language).text };
};

const FIELDS = [
  'name',
  'phone',
  'email',
  'receipt',
  'agreed',
  'kind',
  'title',
  'description',
  'shownAs',
  'shownName',
  'visibility'
] as const;

export const actions: Actions = {
  default: async ({ locals, params, request, url, setHeaders }) => {
    mustBeSignedIn(locals, url);
    const territory = await territoryAt(locals, params.territory);
    if (!mayTypeForOthers(locals.context.actor, territory.id)) error(404);
    const form = await request.formData();
    const values = Object.fromEntries(FIELDS.map((name) => [name, formText(form, name)])) as Record<
      (typeof FIELDS)[number],
      string
    >;
    const person = readFields(assistedPersonSchema, values);
    const publication = readPublication(values);
    if (!person.ok || !publication.ok) {
      const problems = { ...(publication.ok ? {} : publication.problems), ...(person.ok ? {} : person.problems) };
      return fail(422, { problems: wordsOf(problems), values, receipt: null });
    }
    const { origin } = (await platform()).settings;
    const entry = { territoryId: territory.id, person: person.value, publication: publication.value, origin };
    const verdict = await enterForPerson(locals.context, entry);
    if (!verdict.ok && verdict.code === 'not-found') error(404);
    if (!verdict.ok)
      return fail(422, {
        problems: wordsOf({ [FIELD_OF[verdict.code] ?? 'title']: verdict.code }),
        values,
        receipt: null
      });
    setHeaders({ 'cache-control': 'no-store' });
    const { code } = verdict.value;
    const qr = renderSVG(`${origin}/receipts?code=${code}`, { border: 1 });
    return {
      problems: {},
      values,
      receipt: { code, qr, address: `${origin}/receipts`, bySms: person.value.receipt === 'sms' }
    };
  }
};

const FIELD_OF: Readonly<Record<string, string>> = { 'agreement-missing': 'agreed', 'phone-missing': 'phone' };

function readPublication(
  values: Record<string, string>
): { ok: true; value: AssistedPublication } | { ok: false; problems: Readonly<Record<string, string>> } {
  if (values['kind'] === 'organization') {
    const read = readFields(organizationSchema, {
      name: values['title'],
      description: values['description'],
      legalForm: 'informal-group'
    });
    if (!read.ok) return { ok: false, problems: { title: read.problems['name'] ?? 'too-long' } };
    return { ok: true, value: { kind: 'organization', fields: read.value } };
  }
  const read = readFields(skillSchema, { ...values, consent: values['agreed'] });
  if (read.ok) return { ok: true, value: { kind: 'skill', fields: read.value } };
  const { consent, ...problems } = read.problems;
  return { ok: false, problems: consent ? { ...problems, agreed: 'agreement-missing' } : problems };
}

function wordsOf(problems: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(problems).map(([field, code]) => [field, assistedProblem(code)]));
}
