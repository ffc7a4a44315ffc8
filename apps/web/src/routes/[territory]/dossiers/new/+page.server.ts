import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { openDossierSchema } from '@terreau/features/support/dossier.schema';
import { findOrganization } from '@terreau/features/directory/find-organization.query';
import { findRequest } from '@terreau/features/orientation/find-request.query';
import { openDossier } from '@terreau/features/support/open-dossier.command';
import { mayOpenDossier } from '@terreau/features/support/support.policy';
import type { Id } from '@terreau/kernel/ids';
import { platform } from '#lib/server/platform.ts';
import { readTyped, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { failRefused } from '#lib/server/support/words.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const { context } = event.locals;
  if (!mayOpenDossier(context.actor, territory.id)) error(404);
  const asked = event.url.searchParams.get('organization') ?? '';
  const found = asked ? await findOrganization(context, territory.id, asked) : null;
  const organization = found?.kind === 'sheet' ? { id: found.sheet.id, name: found.sheet.name } : null;
  return { organization, request: await requestToFollow(event, territory.id) };
};

/** What somebody asked at the door, from which the dossier is born: it is not asked again. */
async function requestToFollow({ locals, url }: RequestEvent, territoryId: Id) {
  const requestId = url.searchParams.get('request') ?? '';
  const found = requestId ? await findRequest(locals.context, { territoryId, requestId }) : null;
  if (!found) return null;
  const said = (field: string) => found.lines.find((line) => line.field === field)?.text ?? '';
  return { id: found.id, sentence: said('sentence'), name: said('name') };
}

export const actions: Actions = {
  default: async (event) => {
    const territory = await signedInAt(event);
    const values = await typedIn(event.request);
    const read = readTyped(openDossierSchema, values);
    if (!read.ok) return read.answer;
    const verdict = await openDossier(event.locals.context, {
      territoryId: territory.id,
      fields: read.fields,
      origin: (await platform()).settings.origin
    });
    if (verdict.ok) redirect(303, `/${territory.slug}/dossiers/${verdict.value}`);
    if (verdict.code === 'not-found') error(404);
    return failRefused({ code: verdict.code, details: verdict.details }, values);
  }
};
