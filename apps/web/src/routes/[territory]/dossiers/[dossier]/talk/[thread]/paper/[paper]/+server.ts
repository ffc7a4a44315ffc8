import { findThread } from '@terreau/features/support/find-thread.query';
import { threadPaper } from '@terreau/features/support/talk-paper.rules';
import { formatDate, formatLocalDate } from '#lib/formats.ts';
import { paperResponse } from '#lib/server/paper.ts';
import { orNotFound, signedInAt } from '#lib/server/support/form.ts';
import { RECOMMENDATION_WORDS } from '#lib/server/support/talk-words.ts';
import { m } from '#texts/messages.js';
import type { RequestHandler } from './$types';

/** A conversation on paper, for somebody without an account; taking it away is written in the journal. */
export const GET: RequestHandler = async (event) => {
  const territory = await signedInAt(event);
  const { dossier, thread: threadId, paper } = event.params;
  const request = { territoryId: territory.id, dossierId: dossier, threadId, take: 'export' } as const;
  const thread = orNotFound(await findThread(event.locals.context, request));
  const document = threadPaper(thread, {
    language: event.locals.context.language,
    subtitle: `${m.support_talk_title()} · ${territory.name}`,
    head: ({ by, spokenBy, publishedAt }) => {
      const name = by ?? m.support_talk_by_gone();
      const who = spokenBy ? m.support_talk_spoken({ name: spokenBy, by: name }) : name;
      return `${who} · ${formatDate(publishedAt, territory.timeZone)}`;
    },
    state: (state) => RECOMMENDATION_WORDS[state](),
    day: formatLocalDate,
    recommended: m.support_talk_recommended(),
    why: m.support_talk_why(),
    stateOf: m.support_talk_state_of(),
    dueOn: m.support_talk_due_on(),
    contact: m.support_talk_contact(),
    document: m.support_talk_document(),
    answer: m.support_talk_paper_answer(),
    answerHint: m.support_talk_paper_answer_hint()
  });
  return paperResponse(paper, 'echange', document);
};
