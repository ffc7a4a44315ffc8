import { error } from '@sveltejs/kit';
import { findIntake } from '@terreau/features/orientation/find-intake.query';
import { mustBeSignedIn, territoryAt } from '#lib/server/directory/territory-at.ts';

/** The territory whose questions the reader writes, and where they stand; "not found" for anybody else. */
export async function writtenIntake(locals: App.Locals, slug: string, url: URL) {
  const territory = await territoryAt(locals, slug);
  mustBeSignedIn(locals, url);
  const desk = await findIntake(locals.context, territory.id);
  if (!desk) error(404);
  return { territory, desk, current: desk.draft ?? desk.published };
}
