import type { Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { sql } from 'kysely';
import type { SubjectKind } from './moderation.rules.ts';

/** Something that can be flagged and decided on, as a moderator needs to see it. */
export interface ModeratedContent {
  readonly kind: SubjectKind;
  readonly id: Id;
  readonly title: string;
  readonly text: string | null;
  /** `shown`: public now; `held`: waits for a first reading; `hidden`: by a moderator; `gone`: settled, withdrawn or merged. */
  readonly state: 'shown' | 'held' | 'hidden' | 'gone';
  readonly authorId: Id | null;
  readonly authorTrust: string | null;
  readonly createdAt: Date;
  /** The address of its page, from the territory's. */
  readonly path: string;
}

/** The content, if it is of the territory and the actor may see it. */
export async function findContent(
  tx: Tx,
  territoryId: Id,
  kind: SubjectKind,
  id: Id
): Promise<ModeratedContent | null> {
  if (!isId(id)) return null;
  const { rows } = await sql<Omit<ModeratedContent, 'kind'>>`
    select c.*, a.trust as "authorTrust" from (${SOURCES[kind]}) c left join account a on a.id = c."authorId"
    where c.id = ${id} and c."territoryId" = ${territoryId}`.execute(tx);
  const [row] = rows;
  return row ? { ...row, kind } : null;
}

const SOURCES = {
  organization: sql`
    select id, territory_id as "territoryId", name as title, coalesce(description, plain_description) as text,
      case status when 'published' then 'shown' when 'held' then 'held' when 'hidden' then 'hidden' else 'gone' end as state,
      created_by as "authorId", created_at as "createdAt", '/organizations/' || id as path
    from organization`,
  post: sql`
    select p.id, p.territory_id as "territoryId", p.title, p.description as text,
      case when p.hidden_at is not null then 'hidden' when p.state = 'withdrawn' or o.status <> 'published' then 'gone'
        else 'shown' end as state,
      p.posted_by as "authorId", p.posted_at as "createdAt",
      case p.kind when 'need' then '/needs/' else '/offers/' end || p.id as path
    from post p join organization o on o.id = p.organization_id`,
  skill: sql`
    select s.id, s.territory_id as "territoryId", s.title, s.description as text,
      case s.status when 'published' then 'shown' when 'held' then 'held' when 'hidden' then 'hidden' else 'gone' end as state,
      p.account_id as "authorId", s.created_at as "createdAt", '/skills' as path
    from skill s left join person p on p.id = s.person_id`,
  project: sql`
    select dossier_id as id, territory_id as "territoryId", title, concat_ws(E'\n', sentence, for_whom, place_words, aim, first_actions, hoped_change) as text,
      case when withdrawn_at is not null then 'gone' when hidden_at is not null then 'hidden' else 'shown' end as state,
      shared_by as "authorId", shared_at as "createdAt", '/projects/' || dossier_id as path
    from shared_project`
};
