import { error, redirect } from '@sveltejs/kit';
import { listSkills } from '@terreau/features/directory/list-skills.query';
import { publishSkill } from '@terreau/features/directory/publish-skill.command';
import { withdrawSkill } from '@terreau/features/directory/withdraw-skill.command';
import { textIn, typedIn } from '#lib/server/directory/forms.ts';
import { mustBeSignedIn, territoryAt } from '#lib/server/directory/territory-at.ts';
import { VISIBILITY_WORDS } from '#lib/server/directory/skill-words.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

const DONE: Readonly<Record<string, () => string>> = {
  held: m.directory_skill_done_held,
  published: m.directory_skill_done_published,
  withdrawn: m.directory_skill_done_withdrawn
};

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { territory } = await parent();
  const after = url.searchParams.get('after') ?? undefined;
  const page = await listSkills(locals.context, { territoryId: territory.id, after });
  return {
    done: DONE[url.searchParams.get('done') ?? '']?.() ?? null,
    mayPublish: page.mayPublish,
    skills: page.skills.map((skill) => ({
      ...skill,
      who: skill.shownName ?? m.directory_skill_anonymous(),
      // Only those concerned see how widely it is shown.
      seenBy: skill.isOwn || page.mayPublish ? VISIBILITY_WORDS[skill.visibility]() : null
    })),
    next: page.next && `${url.pathname}?after=${page.next}`
  };
};

export const actions: Actions = {
  withdraw: async ({ locals, params, request, url }) => {
    mustBeSignedIn(locals, url);
    const territory = await territoryAt(locals, params.territory);
    const skillId = textIn(typedIn(await request.formData()), 'skill');
    const verdict = await withdrawSkill(locals.context, { territoryId: territory.id, skillId });
    if (!verdict.ok) error(404);
    redirect(303, `${url.pathname}?done=withdrawn`);
  },
  publish: async ({ locals, params, request, url }) => {
    mustBeSignedIn(locals, url);
    const territory = await territoryAt(locals, params.territory);
    const skillId = textIn(typedIn(await request.formData()), 'skill');
    const verdict = await publishSkill(locals.context, { territoryId: territory.id, skillId });
    if (!verdict.ok) error(404);
    redirect(303, url.pathname);
  }
};
