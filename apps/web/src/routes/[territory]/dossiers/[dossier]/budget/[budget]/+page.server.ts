import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { SIDES, sideOf } from '@terreau/features/funding/accounts.rules';
import { leadsOf } from '@terreau/features/funding/budget.rules';
import { copyBudget } from '@terreau/features/funding/copy-budget.command';
import { eraseDraftBudget } from '@terreau/features/funding/erase-draft-budget.command';
import { finaliseBudget } from '@terreau/features/funding/finalise-budget.command';
import { renameBudgetSchema } from '@terreau/features/funding/budget.schema';
import { findBudget } from '@terreau/features/funding/find-budget.query';
import { placeWords } from '@terreau/features/funding/place-words.rules';
import { renameBudget } from '@terreau/features/funding/rename-budget.command';
import { writeBudgetLines } from '@terreau/features/funding/write-budget-lines.command';
import { textIn, type Typed } from '#lib/server/directory/forms.ts';
import { proposalsIn, proposalsOf, readProposals, type Proposal } from '#lib/server/funding/proposals.ts';
import { lineAbout } from '#lib/server/funding/line-about.ts';
import { accountOptions, refusalInWords, SIDE_WORDS, type RefusedFunding } from '#lib/server/funding/words.ts';
import { formatShortDate } from '#lib/formats.ts';
import { orNotFound, readTyped, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

/** As much as somebody says in one go. */
const WORDS_MAX_CHARACTERS = 1000;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const { dossier, budget } = event.params;
  const address = { territoryId: territory.id, dossierId: dossier, budgetId: budget };
  const found = orNotFound(await findBudget(event.locals.context, address));
  const { lines, ...sheet } = found.budget;
  return {
    dossier: found.head,
    mayWork: found.mayWork,
    isDraft: found.budget.finalisedAt === null,
    budget: sheet,
    sides: SIDES.map((side) => ({
      side,
      title: SIDE_WORDS[side](),
      total: sheet.totals[side],
      lines: lines
        .filter((line) => sideOf(line.account) === side)
        .map((line) => ({ id: line.id, label: line.label, cents: line.cents, about: lineAbout(line) }))
    })),
    leads: leadsOf(lines.map(({ account, label, cents }) => ({ account, label, cents }))),
    versions: found.versions,
    renamings: found.renamings.map(({ before, by, at }, index) => ({
      key: String(index),
      text: by
        ? m.funding_renamed_by({ before, name: by, date: formatShortDate(at, territory.timeZone) })
        : m.funding_renamed({ before, date: formatShortDate(at, territory.timeZone) })
    })),
    accounts: accountOptions('both-sides')
  };
};

type Event = RequestEvent<{ territory: string; dossier: string; budget: string }>;

async function asked(event: Event) {
  const territory = await signedInAt(event);
  const values = await typedIn(event.request);
  const { dossier, budget } = event.params;
  const version = Number(textIn(values, 'version')) || 0;
  return { address: { territoryId: territory.id, dossierId: dossier, budgetId: budget }, values, version };
}

/** What the page shows after a form that was not the end of it. */
interface Sent {
  readonly words: string;
  /** The name that was asked for. */
  readonly title: string;
  readonly proposals: Proposal[];
  readonly errors: Record<string, string>;
}

function sent(values: Typed, errors: Record<string, string>, proposals: Proposal[] = []): Sent {
  return { words: textIn(values, 'words'), title: textIn(values, 'title'), proposals, errors };
}

function refused(refusal: { code: RefusedFunding['code'] | 'not-found'; details: RefusedFunding['details'] }): string {
  if (refusal.code === 'not-found') error(404);
  return refusalInWords({ code: refusal.code, details: refusal.details });
}

export const actions: Actions = {
  place: async (event) => {
    // Nothing is written; the page that shows it is the circle's.
    const values = await typedIn(event.request);
    const words = textIn(values, 'words').slice(0, WORDS_MAX_CHARACTERS);
    const placed = proposalsOf(placeWords(words));
    if (placed.length === 0) return fail(422, sent(values, { words: m.funding_words_none() }));
    return sent(values, {}, placed);
  },
  keep: async (event) => {
    const { address, values, version } = await asked(event);
    const proposals = proposalsIn(values);
    const { lines, errors } = readProposals(proposals);
    if (Object.keys(errors).length > 0) return fail(422, sent(values, { ...errors }, proposals));
    const verdict = await writeBudgetLines(event.locals.context, { ...address, version, lines });
    if (verdict.ok) redirect(303, event.url.pathname);
    return fail(409, sent(values, { '': refused(verdict) }, proposals));
  },
  rename: async (event) => {
    const { address, values, version } = await asked(event);
    const read = readTyped(renameBudgetSchema, values);
    if (!read.ok) return fail(422, sent(values, read.answer.data.errors));
    const verdict = await renameBudget(event.locals.context, { ...address, version, title: read.fields.title });
    if (verdict.ok) redirect(303, event.url.pathname);
    return fail(409, sent(values, { title: refused(verdict) }));
  },
  finalise: async (event) => {
    const { address, values, version } = await asked(event);
    const verdict = await finaliseBudget(event.locals.context, { ...address, version });
    if (verdict.ok) redirect(303, event.url.pathname);
    return fail(409, sent(values, { '': refused(verdict) }));
  },
  copy: async (event) => {
    const { address, values } = await asked(event);
    const size = textIn(values, 'size') === 'small' ? ('small' as const) : ('whole' as const);
    const verdict = await copyBudget(event.locals.context, { ...address, size });
    if (verdict.ok) redirect(303, event.url.pathname.replace(/[^/]+$/, verdict.value));
    return fail(409, sent(values, { '': refused(verdict) }));
  },
  erase: async (event) => {
    const { address, values } = await asked(event);
    const verdict = await eraseDraftBudget(event.locals.context, address);
    if (verdict.ok) redirect(303, event.url.pathname.replace(/\/[^/]+$/, ''));
    return fail(409, sent(values, { '': refused(verdict) }));
  }
};
