import { error } from '@sveltejs/kit';
import { workingDaysWaited } from '@terreau/features/orientation/request-delays.rules';
import { listRequests, REQUEST_LISTS, type ListedRequest } from '@terreau/features/orientation/list-requests.query';
import { readSettings } from '@terreau/features/territories/read-settings.query';
import { formatLocalDate, formatShortDate } from '#lib/formats.ts';
import { mustBeSignedIn } from '#lib/server/directory/territory-at.ts';
import { listWords, stateWords } from '#lib/server/requests/words.ts';
import { m } from '#texts/messages.js';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  mustBeSignedIn(locals, url);
  const { territory } = await parent();
  const list = REQUEST_LISTS.find((one) => one === url.searchParams.get('list')) ?? 'live';
  const after = url.searchParams.get('after') ?? undefined;
  const page = await listRequests(locals.context, { territoryId: territory.id, list, after });
  if (!page) error(404);
  const days = (await readSettings(locals.context, territory.id))['answer-within-working-days'];
  const { now } = locals.context;
  const shown = (request: ListedRequest) => ({
    id: request.id,
    sentence: request.sentence,
    person: request.person,
    state: request.state,
    stateText: stateWords(request.state),
    sent: m.requests_sent_on({ date: formatShortDate(request.submittedAt, territory.timeZone) }),
    age: ageOf(request, now, territory.timeZone, days),
    isLate: isWaiting(request) && request.answerDueAt < now,
    idle: request.basket === null ? null : m.requests_idle_days({ days: request.idleDays! }),
    responsible: request.responsible
      ? m.requests_followed_by({ name: request.responsible })
      : m.requests_followed_by_nobody(),
    promised: request.promisedOn && m.requests_promised_on({ date: formatLocalDate(request.promisedOn) })
  });
  return {
    list,
    lists: REQUEST_LISTS.map((value) => ({ value, label: listWords(value) })),
    total: page.total,
    requests: page.requests.map(shown),
    next: page.next && `${url.pathname}?list=${list}&after=${page.next}`
  };
};

const isWaiting = ({ state, answeredAt }: ListedRequest) =>
  answeredAt === null && (state === 'moderation' || state === 'open' || state === 'offered');

/** How long somebody has waited for a first human word; null once they had one. */
function ageOf(request: ListedRequest, now: Date, timeZone: string, days: number): string | null {
  if (!isWaiting(request)) return request.answeredAt ? m.requests_answered() : null;
  if (request.answerDueAt < now) return m.requests_late_since({ date: formatShortDate(request.answerDueAt, timeZone) });
  const waited = workingDaysWaited(request.submittedAt, now, { timeZone, departement: null });
  return m.requests_day_of({ day: Math.min(waited, days), days });
}
