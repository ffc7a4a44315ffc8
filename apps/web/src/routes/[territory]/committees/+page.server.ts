import { listCommittees } from '@terreau/features/support/find-committee.query';
import { formatLocalDate } from '#lib/formats.ts';
import { phaseInWords } from '#lib/server/support/committee-words.ts';
import { signedInAt } from '#lib/server/support/form.ts';
import { m } from '#texts/messages.js';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const { committees, mayOpen } = await listCommittees(event.locals.context, territory.id);
  return {
    mayOpen,
    committees: committees.map((committee) => ({
      id: committee.id,
      name: m.support_committee_of({ date: formatLocalDate(committee.heldOn) }),
      place: committee.place,
      phase: phaseInWords(committee.phase)
    }))
  };
};
