import { error, fail, redirect } from '@sveltejs/kit';
import { findGrantForm } from '@terreau/features/funding/find-grant-form.query';
import { GRANT_FIELDS } from '@terreau/features/funding/grant-form.rules';
import { writeGrantForm } from '@terreau/features/funding/write-grant-form.command';
import { textIn } from '#lib/server/directory/forms.ts';
import {
  attestations,
  GRANT_FIELD_WORDS,
  GRANT_SECTION_WORDS,
  periodInWords
} from '#lib/server/funding/paper-words.ts';
import { SIDE_WORDS } from '#lib/server/funding/words.ts';
import { orNotFound, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad } from './$types';

/** A text that fits on one line of the form. */
const ONE_LINE_MAX_CHARACTERS = 300;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const { dossier, budget } = event.params;
  const address = { territoryId: territory.id, dossierId: dossier, budgetId: budget };
  const form = orNotFound(await findGrantForm(event.locals.context, address, periodInWords));
  return {
    dossier: form.head,
    budget: form.budget,
    mayWork: form.mayWork,
    isSaved: event.url.searchParams.has('done'),
    sections: form.sections.map((section) => ({
      key: section.key,
      title: GRANT_SECTION_WORDS[section.key](),
      fields: section.fields.map((field) => ({
        ...field,
        label: GRANT_FIELD_WORDS[field.key](),
        isLong: field.max > ONE_LINE_MAX_CHARACTERS
      }))
    })),
    sides: form.sides
      .filter((side) => side.lines.length > 0)
      .map((side) => ({
        side: side.side,
        title: SIDE_WORDS[side.side](),
        total: side.euros * 100,
        lines: side.lines.map(({ account, label, euros }, index) => ({
          id: String(index),
          label,
          about: account,
          cents: euros * 100
        }))
      })),
    attested: attestations()
  };
};

export const actions: Actions = {
  default: async (event) => {
    const territory = await signedInAt(event);
    const values = await typedIn(event.request);
    const { dossier, budget } = event.params;
    const address = { territoryId: territory.id, dossierId: dossier, budgetId: budget };
    const written = new Map(
      GRANT_FIELDS.filter(({ key }) => key in values).map(({ key }) => [key, textIn(values, key)] as const)
    );
    const verdict = await writeGrantForm(event.locals.context, { ...address, written, periodInWords });
    if (verdict.ok) redirect(303, `${event.url.pathname}?done`);
    if (verdict.code === 'not-found') error(404);
    const { key, max } = verdict.details;
    const errors: Record<string, string> = {
      [String(key)]: m.funding_refusal_field_too_long({ max: Number(max) })
    };
    return fail(409, { values, errors });
  }
};
