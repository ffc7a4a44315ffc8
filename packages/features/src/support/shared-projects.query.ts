import type { Context } from '@terreau/database/context';
import { reading, type Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';

export const PROJECTS_PAGE_ROWS = 20;

/** A project as its circle chose to show it. */
export interface SharedProject {
  readonly id: Id;
  readonly audience: 'territory' | 'public';
  readonly title: string;
  readonly neighbourhood: string | null;
  readonly themes: readonly string[];
  readonly sentence: string | null;
  readonly forWhom: string | null;
  readonly placeWords: string | null;
  readonly aim: string | null;
  readonly firstActions: string | null;
  readonly hopedChange: string | null;
  readonly sharedAt: Instant;
}

/** The projects that this reader may see in a territory, the latest opened first; paged by id. */
export async function listSharedProjects(
  ctx: Context,
  request: { readonly territoryId: Id; readonly after?: string | undefined }
): Promise<{ readonly projects: readonly SharedProject[]; readonly next: Id | null }> {
  return reading(ctx, async (tx) => {
    const rows = await shown(tx, request.territoryId)
      .$if(isId(request.after), (query) => query.where('project.dossier_id', '<', request.after!))
      .orderBy('project.dossier_id', 'desc')
      .limit(PROJECTS_PAGE_ROWS + 1)
      .execute();
    const projects = rows.slice(0, PROJECTS_PAGE_ROWS).map(readProject);
    return { projects, next: rows.length > PROJECTS_PAGE_ROWS ? projects.at(-1)!.id : null };
  });
}

/** One project, as it is shown; null when it is not, or not to this reader. */
export async function findSharedProject(
  ctx: Context,
  territoryId: Id,
  projectId: string
): Promise<SharedProject | null> {
  if (!isId(projectId)) return null;
  const row = await reading(ctx, (tx) =>
    shown(tx, territoryId).where('project.dossier_id', '=', projectId).executeTakeFirst()
  );
  return row ? readProject(row) : null;
}

/** Row-level security says to whom; a circle sees its own as others do, once it is shown. */
function shown(tx: Tx, territoryId: Id) {
  return tx
    .selectFrom('shared_project as project')
    .leftJoin('neighbourhood', 'neighbourhood.id', 'project.neighbourhood_id')
    .selectAll('project')
    .select('neighbourhood.name as neighbourhood')
    .where('project.territory_id', '=', territoryId)
    .where('project.withdrawn_at', 'is', null)
    .where('project.hidden_at', 'is', null);
}

function readProject(row: Awaited<ReturnType<ReturnType<typeof shown>['execute']>>[number]): SharedProject {
  return {
    id: row.dossier_id,
    audience: row.audience as SharedProject['audience'],
    title: row.title,
    neighbourhood: row.neighbourhood,
    themes: row.themes,
    sentence: row.sentence,
    forWhom: row.for_whom,
    placeWords: row.place_words,
    aim: row.aim,
    firstActions: row.first_actions,
    hopedChange: row.hoped_change,
    sharedAt: row.shared_at
  };
}
