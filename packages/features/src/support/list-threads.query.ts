import type { Context } from '@terreau/database/context';
import { witnessed, type Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import type { Instant, LocalDate } from '@terreau/kernel/instants';
import { sql } from 'kysely';
import { headOf, ownDossier, type DossierHead } from './circle.ts';
import { mayAdvise, maySpeakFor, mayWrite } from './support.policy.ts';
import { SETTLED_STATES, type Audience, type RecommendationState } from './talk.schema.ts';

export const THREADS_PAGE_ROWS = 20;
/** What is still expected, all threads together; more than that is found in the threads. */
export const OPEN_RECOMMENDATIONS_ROWS = 30;

export interface ListedThread {
  readonly id: Id;
  readonly subject: string;
  readonly lastMessageAt: Instant;
  readonly messages: number;
  readonly isNew: boolean;
  /** Nothing of it is published: only whoever began it sees it. */
  readonly isDraft: boolean;
  readonly startedBy: string | null;
}

export interface OpenRecommendation {
  readonly id: Id;
  readonly threadId: Id;
  readonly title: string;
  readonly state: RecommendationState;
  readonly dueOn: LocalDate | null;
}

export interface ThreadPage {
  readonly head: DossierHead;
  readonly mayWrite: boolean;
  readonly mayAdvise: boolean;
  /** Whether the reader types for the people of the circle who have no account. */
  readonly maySpeakFor: boolean;
  /** People of the circle without an account: what is written here is printed or read out to them. */
  readonly withoutAccount: readonly { readonly id: Id; readonly name: string }[];
  readonly threads: readonly ListedThread[];
  readonly recommendations: readonly OpenRecommendation[];
  readonly next: string | null;
}

export interface ThreadListRequest {
  readonly territoryId: Id;
  readonly dossierId: string;
  readonly audience: Audience;
  readonly after?: string | undefined;
}

/** The threads of a dossier, the last moved first; null for whoever is not of its circle, or not of that room. */
export async function listThreads(ctx: Context, request: ThreadListRequest): Promise<ThreadPage | null> {
  return witnessed(ctx, async (tx, saw) => {
    const own = await ownDossier(tx, ctx, request.territoryId, request.dossierId);
    if (!own || (request.audience === 'advisers' && !mayAdvise(own.role))) return null;
    saw({
      dossierId: own.row.id,
      territoryId: request.territoryId,
      as: own.role,
      kind: 'page',
      what: request.audience === 'circle' ? 'talk' : 'advisers'
    });
    const rows = await threadsOf(tx, ctx, own.row.id, request);
    const shown = rows.slice(0, THREADS_PAGE_ROWS);
    const last = shown.at(-1);
    return {
      head: headOf(own),
      mayWrite: own.isActive && mayWrite(own.role),
      mayAdvise: mayAdvise(own.role),
      maySpeakFor: own.isActive && maySpeakFor(own.role),
      withoutAccount: await peopleWithoutAccount(tx, own.row.id),
      threads: shown,
      recommendations: await openRecommendations(tx, own.row.id, request.audience),
      next: rows.length > THREADS_PAGE_ROWS && last ? `${last.lastMessageAt.toISOString()}_${last.id}` : null
    };
  });
}

async function threadsOf(
  tx: Tx,
  ctx: Context,
  dossierId: Id,
  { audience, after }: ThreadListRequest
): Promise<ListedThread[]> {
  const [at, id] = after?.split('_') ?? [];
  const isAfter = isId(id) && !Number.isNaN(Date.parse(at ?? ''));
  const { rows } = await sql<ListedThread>`
    select t.id, t.subject, t.last_message_at as "lastMessageAt", t.opened_at is null as "isDraft",
      (select count(*)::int from talk_message m where m.thread_id = t.id and m.published_at is not null) as messages,
      exists (select from talk_message m where m.thread_id = t.id and m.published_at is not null
                and m.written_by is distinct from ${ctx.actor.accountId}
                and m.published_at > coalesce(r.read_at, '-infinity'::timestamptz)) as "isNew",
      a.name as "startedBy"
    from talk_thread t
      left join talk_reader r on r.thread_id = t.id and r.account_id = ${ctx.actor.accountId}
      left join account a on a.id = t.started_by
    where t.dossier_id = ${dossierId} and t.audience = ${audience}
      ${isAfter ? sql`and (t.last_message_at, t.id) < (${new Date(at!)}::timestamptz, ${id}::uuid)` : sql``}
    order by t.last_message_at desc, t.id desc limit ${THREADS_PAGE_ROWS + 1}`.execute(tx);
  return rows;
}

async function openRecommendations(tx: Tx, dossierId: Id, audience: Audience): Promise<OpenRecommendation[]> {
  const { rows } = await sql<OpenRecommendation>`
    select r.id, r.thread_id as "threadId", r.title, r.state, r.due_on::text as "dueOn"
    from talk_recommendation r join talk_message m on m.id = r.message_id join talk_thread t on t.id = r.thread_id
    where r.dossier_id = ${dossierId} and t.audience = ${audience} and m.published_at is not null
      and r.state <> all(${[...SETTLED_STATES]}::text[])
    order by r.due_on nulls last, r.id desc limit ${OPEN_RECOMMENDATIONS_ROWS}`.execute(tx);
  return rows;
}

/** People of the circle who read nothing on a screen, by their name. */
export async function peopleWithoutAccount(tx: Tx, dossierId: Id): Promise<{ id: Id; name: string }[]> {
  return tx
    .selectFrom('dossier_member as member')
    .innerJoin('person', 'person.id', 'member.person_id')
    .select(['member.id', 'person.display_name as name'])
    .where('dossier_id', '=', dossierId)
    .where('member.account_id', 'is', null)
    .where('left_at', 'is', null)
    .orderBy('member.joined_at')
    .orderBy('member.id')
    .execute();
}
