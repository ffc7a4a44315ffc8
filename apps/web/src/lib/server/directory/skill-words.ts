import { m } from '#texts/messages.js';

/** Who sees a skill, and how its author appears, in the language of the page. */

export const VISIBILITY_WORDS = {
  facilitators: m.directory_skill_seen_facilitators,
  members: m.directory_skill_seen_members,
  public: m.directory_skill_seen_public
} as const;

export const SHOWN_AS_WORDS = {
  'first-name': m.directory_skill_shown_first_name,
  initials: m.directory_skill_shown_initials,
  anonymous: m.directory_skill_shown_anonymous
} as const;
