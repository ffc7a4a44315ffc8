import { error, redirect } from '@sveltejs/kit';
import type { Context } from '@terreau/database/context';
import { joinCircles } from '@terreau/features/support/join-circles.command';
import { listOwnDossiers } from '@terreau/features/support/list-own-dossiers.query';
import { listWaitingPlaces } from '@terreau/features/support/list-waiting-places.query';
import { searchOwnNotes } from '@terreau/features/support/search-own-notes.query';
import { mayOpenDossier } from '@terreau/features/support/support.policy';
import type { Territory } from '@terreau/features/territories/find-territory.query';
import { localDate } from '@terreau/kernel/instants';
import { signedInAt } from '#lib/server/support/form.ts';
import { STATE_WORDS, stepInWords } from '#lib/server/support/words.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const { context } = event.locals;
  const asked = event.url.searchParams;
  const q = asked.get('q')?.trim() ?? '';
  const show = asked.get('show') === 'ended' ? ('ended' as const) : ('open' as const);
  const after = asked.get('after') ?? undefined;
  return {
    q,
    show,
    mayOpen: mayOpenDossier(context.actor, territory.id),
    waiting: await listWaitingPlaces(context, territory.id),
    found: q ? await found(context, territory, q, after) : null,
    list: q ? null : await list(context, territory, show, after)
  };
};

export const actions: Actions = {
  join: async (event) => {
    const territory = await signedInAt(event);
    const verdict = await joinCircles(event.locals.context, territory.id);
    if (!verdict.ok) error(404);
    redirect(303, event.url.pathname);
  }
};

async function list(context: Context, territory: Territory, show: 'open' | 'ended', after?: string) {
  const page = await listOwnDossiers(context, { territoryId: territory.id, show, after });
  const today = localDate(context.now, territory.timeZone);
  return {
    total: page.total,
    dossiers: page.dossiers.map((dossier) => ({
      id: dossier.id,
      title: dossier.title,
      organizationName: dossier.organizationName,
      nextContactOn: dossier.nextContactOn,
      isLate: dossier.nextContactOn !== null && dossier.nextContactOn < today,
      state: STATE_WORDS[dossier.state](),
      step: stepInWords(dossier.step)
    })),
    next: page.next ? `?${new URLSearchParams({ show, after: page.next })}` : null
  };
}

async function found(context: Context, territory: Territory, q: string, after?: string) {
  const { dossiers, notes, next } = await searchOwnNotes(context, { territoryId: territory.id, q, after });
  return { dossiers, notes, next: next ? `?${new URLSearchParams({ q, after: next })}` : null };
}
