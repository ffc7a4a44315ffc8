import { error } from '@sveltejs/kit';
import { findCommittee } from '@terreau/features/support/find-committee.query';
import { paperResponse } from '#lib/server/paper.ts';
import { committeePaper } from '#lib/server/support/committee-words.ts';
import { orNotFound, signedInAt } from '#lib/server/support/form.ts';
import type { RequestHandler } from './$types';

/** The minutes of a committee, for whoever reads its agenda. */
export const GET: RequestHandler = async (event) => {
  const territory = await signedInAt(event);
  const address = { territoryId: territory.id, committeeId: event.params.committee };
  const sheet = orNotFound(await findCommittee(event.locals.context, address, 'file'));
  if (!sheet.readsAgenda) error(404);
  return paperResponse(event.params.paper, `comite-${sheet.heldOn}`, committeePaper(sheet, territory.name));
};
