import { redirect } from '@sveltejs/kit';
import { CASE_PARTS } from '@terreau/features/support/case.rules';
import { caseSchema, consentToCaseSchema } from '@terreau/features/support/case.schema';
import { findCase } from '@terreau/features/support/find-case.query';
import { publishCase } from '@terreau/features/support/publish-case.command';
import { withdrawCase } from '@terreau/features/support/withdraw-case.command';
import { writeCase } from '@terreau/features/support/write-case.command';
import { formatShortDate } from '#lib/formats.ts';
import { orNotFound, readTyped, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { aboutInWords, failMemory, partsInWords, PART_WORDS } from '#lib/server/support/memory.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const found = orNotFound(await findCase(event.locals.context, territory.id, event.params.dossier));
  const { consent } = found;
  return {
    dossier: found.head,
    isWritten: found.isWritten,
    words: found.words,
    shownAs: found.shownAs,
    about: [...new Set(aboutInWords(found))],
    fields: CASE_PARTS.map((name) => ({ name, label: PART_WORDS[name]() })),
    parts: partsInWords(found.words),
    mayWrite: found.head.isActive && found.head.role === 'facilitator',
    mayAgree: found.head.isActive && found.head.role === 'carrier',
    mayWithdraw: found.head.isActive && ['facilitator', 'carrier', 'member'].includes(found.head.role),
    consent: consent && {
      text: CONSENT_WORDS[consent.channel]?.({
        who: consent.by ?? m.support_memory_somebody(),
        date: formatShortDate(consent.givenAt, territory.timeZone)
      })
    },
    done: event.url.searchParams.get('done')
  };
};

const CONSENT_WORDS: Readonly<Record<string, (of: { who: string; date: string }) => string>> = {
  page: m.support_memory_agreed_page,
  oral: m.support_memory_agreed_oral,
  paper: m.support_memory_agreed_paper
};

export const actions: Actions = {
  save: async (event) => {
    const territory = await signedInAt(event);
    const values = await typedIn(event.request);
    const read = readTyped(caseSchema, values);
    if (!read.ok) return read.answer;
    const request = { territoryId: territory.id, dossierId: event.params.dossier, fields: read.fields };
    const verdict = await writeCase(event.locals.context, request);
    if (!verdict.ok) return failMemory({ code: verdict.code, details: verdict.details }, values);
    redirect(303, `${event.url.pathname}?done=saved`);
  },
  publish: async (event) => {
    const territory = await signedInAt(event);
    const values = await typedIn(event.request);
    const read = readTyped(consentToCaseSchema, values);
    if (!read.ok) return read.answer;
    const request = { territoryId: territory.id, dossierId: event.params.dossier, channel: read.fields.channel };
    const verdict = await publishCase(event.locals.context, request);
    if (!verdict.ok) return failMemory({ code: verdict.code, details: verdict.details }, values);
    redirect(303, `${event.url.pathname}?done=published`);
  },
  withdraw: async (event) => {
    const territory = await signedInAt(event);
    const request = { territoryId: territory.id, dossierId: event.params.dossier };
    const verdict = await withdrawCase(event.locals.context, request);
    if (!verdict.ok) return failMemory({ code: verdict.code, details: verdict.details }, {});
    redirect(303, `${event.url.pathname}?done=withdrawn`);
  }
};
