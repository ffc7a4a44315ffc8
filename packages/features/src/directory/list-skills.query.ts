import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { worksFor } from './directory.policy.ts';

export const SKILLS_PAGE_ROWS = 30;

/** A skill as its author wishes to be seen: the name is the one that they chose, or none. */
export interface ListedSkill {
  readonly id: Id;
  readonly title: string;
  readonly description: string | null;
  readonly shownAs: 'first-name' | 'initials' | 'anonymous';
  readonly shownName: string | null;
  readonly visibility: 'facilitators' | 'members' | 'public';
  readonly status: 'held' | 'published';
  readonly isOwn: boolean;
}

export interface SkillPage {
  readonly skills: ListedSkill[];
  readonly next: Id | null;
  readonly mayPublish: boolean;
}

/** The skills that this reader may see, by their authors' wish; their own come with the means to take them back. */
export async function listSkills(
  ctx: Context,
  request: { readonly territoryId: Id; readonly after?: string | undefined }
): Promise<SkillPage> {
  const rows = await reading(ctx, (tx) =>
    tx
      .selectFrom('skill')
      .leftJoin('person', 'person.id', 'skill.person_id')
      .select([
        'skill.id',
        'title',
        'description',
        'shown_as',
        'shown_name',
        'visibility',
        'status',
        'person.account_id'
      ])
      .where('skill.territory_id', '=', request.territoryId)
      .where('status', '!=', 'withdrawn')
      .$if(isId(request.after), (query) => query.where('skill.id', '<', request.after!))
      .orderBy('skill.id', 'desc')
      .limit(SKILLS_PAGE_ROWS + 1)
      .execute()
  );
  const skills = rows.slice(0, SKILLS_PAGE_ROWS).map((row) => ({
    id: row.id,
    title: row.title,
    description: row.description,
    shownAs: row.shown_as as ListedSkill['shownAs'],
    shownName: row.shown_name,
    visibility: row.visibility as ListedSkill['visibility'],
    status: row.status as ListedSkill['status'],
    isOwn: row.account_id !== null && row.account_id === ctx.actor.accountId
  }));
  return {
    skills,
    next: rows.length > SKILLS_PAGE_ROWS ? skills.at(-1)!.id : null,
    mayPublish: worksFor(ctx.actor, request.territoryId)
  };
}
