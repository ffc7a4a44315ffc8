import { error, type RequestEvent } from '@sveltejs/kit';
import { isPaperFormat } from '@terreau/formats/document';
import type { DeliverableFacts, DeliverableWords } from '@terreau/features/support/deliverable.paper.rules';
import { findJourney } from '@terreau/features/support/find-journey.query';
import { JOURNEY_SOURCES } from '@terreau/features/support/journey.rules';
import type { Territory } from '@terreau/features/territories/find-territory.query';
import { formatShortDate } from '#lib/formats.ts';
import { m } from '#texts/messages.js';
import { orNotFound } from './form.ts';
import { sourceLineInWords } from './journey-page.ts';
import { SOURCE_WORDS } from './journey-words.ts';

/** What the papers of a journey are made of: its facts, and the words around them. `what` goes into the journal. */
export async function paperOf(
  event: Pick<RequestEvent<{ dossier: string; paper: string }>, 'locals' | 'params'>,
  territory: Territory,
  what: string
): Promise<{ facts: DeliverableFacts; words: DeliverableWords }> {
  // Nothing is read, nor journalled as read, for a file that there is not.
  if (!isPaperFormat(event.params.paper)) error(404);
  const { context } = event.locals;
  const look = { kind: 'export', what } as const;
  const request = { territoryId: territory.id, dossierId: event.params.dossier, look };
  const journey = orNotFound(await findJourney(context, request));
  const date = formatShortDate(context.now, territory.timeZone);
  const { title } = journey.head;
  return {
    facts: {
      said: new Map([...journey.facts].flatMap(([key, { value }]) => (value ? [[key, value] as const] : []))),
      sources: new Map([...journey.sources].map(([source, lines]) => [source, lines.map(sourceLineInWords)] as const))
    },
    words: {
      subtitle: m.support_journey_paper_subtitle({ title, territory: territory.name, date }),
      footer: title,
      nothing: m.support_journey_paper_nothing(),
      sources: Object.fromEntries(
        JOURNEY_SOURCES.map((source) => [source, SOURCE_WORDS[source]()])
      ) as DeliverableWords['sources']
    }
  };
}
