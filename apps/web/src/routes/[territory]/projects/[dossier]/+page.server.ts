import { findSharedProject } from '@terreau/features/support/shared-projects.query';
import { orNotFound } from '#lib/server/support/form.ts';
import { shownLines } from '#lib/server/support/shown-fields.ts';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, parent, params }) => {
  const { territory } = await parent();
  const project = orNotFound(await findSharedProject(locals.context, territory.id, params.dossier));
  return {
    id: project.id,
    title: project.title,
    isTerritoryOnly: project.audience === 'territory',
    // Its name is the title of the page.
    lines: shownLines(project).slice(1)
  };
};
