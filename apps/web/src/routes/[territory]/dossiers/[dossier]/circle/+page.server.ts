import { textIn, type Typed } from '#lib/server/directory/forms.ts';
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { bringNeighbour } from '@terreau/features/support/bring-neighbour.command';
import { bringNeighbourSchema } from '@terreau/features/support/circle.schema';
import { bringIntoCircle } from '@terreau/features/support/bring-into-circle.command';
import { CIRCLE_ROLES } from '@terreau/features/support/dossier-life.rules';
import { findDossier } from '@terreau/features/support/find-dossier.query';
import { handOverDossiers } from '@terreau/features/support/hand-over-dossiers.command';
import { leaveCircle } from '@terreau/features/support/leave-circle.command';
import { listFacilitators } from '@terreau/features/support/list-facilitators.query';
import { mayBringIn } from '@terreau/features/support/support.policy';
import { platform } from '#lib/server/platform.ts';
import { orNotFound, readTyped, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { failRefused, optionsOf, ROLE_WORDS } from '#lib/server/support/words.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const { context } = event.locals;
  const dossier = orNotFound(await findDossier(context, territory.id, event.params.dossier));
  const roles = dossier.isActive ? CIRCLE_ROLES.filter((role) => mayBringIn(dossier.role, role)) : [];
  const accompanies = dossier.isActive && dossier.role === 'facilitator';
  const colleagues = accompanies ? await listFacilitators(context, territory.id) : [];
  return {
    dossier,
    members: dossier.circle.map((member) => ({
      ...member,
      role: ROLE_WORDS[member.role](),
      mayEnd: dossier.isActive && !member.leftAt && (member.isReader || mayBringIn(dossier.role, member.role))
    })),
    roles: optionsOf(ROLE_WORDS, roles),
    neighbourRoles: optionsOf(
      ROLE_WORDS,
      roles.filter((role) => role === 'carrier' || role === 'member')
    ),
    colleagues: colleagues
      .filter(({ id }) => id !== context.actor.accountId)
      .map(({ id, name }) => ({ value: id, label: name })),
    isDone: event.url.searchParams.has('done')
  };
};

type Event = RequestEvent<{ territory: string; dossier: string }>;

export const actions: Actions = {
  add: async (event) => {
    const { place, values } = await asked(event);
    const role = CIRCLE_ROLES.find((one) => one === textIn(values, 'place')) ?? 'observer';
    const verdict = await bringIntoCircle(event.locals.context, {
      ...place,
      role,
      email: textIn(values, 'accountEmail')
    });
    return answer(event, verdict, values);
  },
  neighbour: async (event) => {
    const { place, values } = await asked(event);
    const read = readTyped(bringNeighbourSchema, values);
    if (!read.ok) return read.answer;
    const { origin } = (await platform()).settings;
    return answer(event, await bringNeighbour(event.locals.context, { ...place, fields: read.fields, origin }), values);
  },
  end: async (event) => {
    const { place, values } = await asked(event);
    const request = { ...place, memberId: textIn(values, 'member'), reason: null };
    return answer(event, await leaveCircle(event.locals.context, request), values);
  },
  handOver: async (event) => {
    const { place, values } = await asked(event);
    const request = {
      territoryId: place.territoryId,
      fromAccountId: event.locals.account!.id,
      toAccountId: textIn(values, 'to'),
      dossierIds: [place.dossierId],
      reason: textIn(values, 'reason').slice(0, 300) || null,
      origin: (await platform()).settings.origin
    };
    return answer(event, await handOverDossiers(event.locals.context, request), values);
  }
};

async function asked(event: Event) {
  const territory = await signedInAt(event);
  const values = await typedIn(event.request);
  return { place: { territoryId: territory.id, dossierId: event.params.dossier }, values };
}

type Answered = Awaited<
  ReturnType<typeof bringIntoCircle | typeof bringNeighbour | typeof leaveCircle | typeof handOverDossiers>
>;

function answer(event: Event, verdict: Answered, values: Typed) {
  if (verdict.ok) redirect(303, `${event.url.pathname}?done`);
  if (verdict.code === 'not-found') error(404);
  return failRefused({ code: verdict.code, details: verdict.details }, values);
}
