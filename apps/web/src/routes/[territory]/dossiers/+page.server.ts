import { listOwnDossiers } from '@terreau/features/support/list-own-dossiers.query';
import { mayOpenDossier } from '@terreau/features/support/support.policy';
import { localDate } from '@terreau/kernel/instants';
import { signedInAt } from '#lib/server/support/form.ts';
import { STATE_WORDS, stepInWords } from '#lib/server/support/words.ts';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const { locals, url } = event;
  const show = url.searchParams.get('show') === 'ended' ? ('ended' as const) : ('open' as const);
  const q = url.searchParams.get('q')?.trim() ?? '';
  const after = url.searchParams.get('after') ?? undefined;
  const page = await listOwnDossiers(locals.context, { territoryId: territory.id, show, q, after });
  const today = localDate(locals.context.now, territory.timeZone);
  const query = new URLSearchParams({ show, ...(q ? { q } : {}), after: page.next ?? '' });
  return {
    show,
    q,
    total: page.total,
    mayOpen: mayOpenDossier(locals.context.actor, territory.id),
    dossiers: page.dossiers.map((dossier) => ({
      id: dossier.id,
      title: dossier.title,
      organizationName: dossier.organizationName,
      nextContactOn: dossier.nextContactOn,
      isLate: dossier.nextContactOn !== null && dossier.nextContactOn < today,
      state: STATE_WORDS[dossier.state](),
      step: stepInWords(dossier.step)
    })),
    next: page.next ? `?${query}` : null
  };
};
