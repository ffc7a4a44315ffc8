import { listSharedProjects } from '@terreau/features/support/shared-projects.query';
import { labelsOf } from '#lib/server/directory/labels.ts';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { territory } = await parent();
  const after = url.searchParams.get('after') ?? undefined;
  const page = await listSharedProjects(locals.context, { territoryId: territory.id, after });
  return {
    projects: page.projects.map((project) => ({
      id: project.id,
      title: project.title,
      sentence: project.sentence,
      where: [project.neighbourhood ?? project.placeWords, ...labelsOf('theme', project.themes)]
        .filter(Boolean)
        .join(' · '),
      isTerritoryOnly: project.audience === 'territory'
    })),
    next: page.next && `${url.pathname}?after=${page.next}`
  };
};
