import { error, redirect } from '@sveltejs/kit';
import { findSharing } from '@terreau/features/support/find-sharing.query';
import { shareProject } from '@terreau/features/support/share-project.command';
import { VISIBILITIES } from '@terreau/features/support/sharing.rules';
import { textIn } from '#lib/server/directory/forms.ts';
import { formatShortDate } from '#lib/formats.ts';
import { orNotFound, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { shownLines } from '#lib/server/support/shown-fields.ts';
import { failRefused } from '#lib/server/support/words.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

const DONE: Readonly<Record<string, () => string>> = {
  shared: m.support_journey_share_done,
  back: m.support_journey_share_taken_back
};
const NOW = {
  circle: m.support_journey_share_now_circle,
  territory: m.support_journey_share_now_territory,
  public: m.support_journey_share_now_public
} as const;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const sharing = orNotFound(await findSharing(event.locals.context, territory.id, event.params.dossier));
  const { fields } = sharing;
  const date = sharing.sharedAt ? formatShortDate(sharing.sharedAt, territory.timeZone) : '';
  const asked = VISIBILITIES.find((one) => one !== 'circle' && one === event.url.searchParams.get('to'));
  return {
    dossier: sharing.head,
    done: DONE[event.url.searchParams.get('done') ?? '']?.() ?? null,
    now: NOW[sharing.visibility]({ date }),
    isShown: sharing.sharedAt !== null,
    isHidden: sharing.isHidden,
    isBehind: sharing.isBehind,
    maySet: sharing.maySet,
    isTold: fields.sentence !== null,
    asked: sharing.maySet && fields.sentence !== null ? (asked ?? null) : null,
    visibility: sharing.visibility,
    asksAgreement: sharing.head.role === 'facilitator',
    mark: fields.mark,
    lines: shownLines({ ...fields, neighbourhood: fields.neighbourhood?.name ?? null })
  };
};

export const actions: Actions = {
  share: async (event) => {
    const territory = await signedInAt(event);
    const values = await typedIn(event.request);
    const visibility = VISIBILITIES.find((one) => one === textIn(values, 'visibility')) ?? 'circle';
    const verdict = await shareProject(event.locals.context, {
      territoryId: territory.id,
      dossierId: event.params.dossier,
      visibility,
      mark: textIn(values, 'mark'),
      agreedAloud: textIn(values, 'agreed') === 'yes'
    });
    if (verdict.ok) redirect(303, `${event.url.pathname}?done=${verdict.value === 'circle' ? 'back' : 'shared'}`);
    if (verdict.code === 'not-found') error(404);
    return failRefused({ code: verdict.code, details: verdict.details }, values);
  }
};
