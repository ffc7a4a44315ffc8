import { error } from '@sveltejs/kit';
import { DOOR_FIELDS, type TypedDoor } from '@terreau/features/orientation/door.schema';
import { findDraft } from '@terreau/features/orientation/find-draft.query';
import { VOICE_SENTENCES } from '@terreau/features/orientation/voiced-request.query';
import { readSettings } from '@terreau/features/territories/read-settings.query';
import { mayTypeForOthers, mayTypeRequests } from '@terreau/features/trust/trust.policy';
import { doors, type DoorName } from '#lib/doors.ts';
import { formText } from '#lib/server/trust/form-text.ts';
import { m } from '#texts/messages.js';

/** The door that an address names; "not found" for any other word. */
export function doorAt(kind: string): DoorName {
  return doors.find((door) => door === kind) ?? error(404);
}

/** Whether the reader may type a request for somebody who is with them. */
export async function mayTypeAt({ context }: App.Locals, territoryId: string): Promise<boolean> {
  if (mayTypeForOthers(context.actor, territoryId)) return true;
  if (!mayTypeRequests(context.actor, territoryId, true)) return false;
  return (await readSettings(context, territoryId))['members-type-for-others'];
}

/** What was typed in the five fields, as text. */
export function typedAtDoor(form: FormData): TypedDoor {
  return Object.fromEntries(DOOR_FIELDS.map((name) => [name, formText(form, name)])) as TypedDoor;
}

export const NOTHING_TYPED = Object.fromEntries(DOOR_FIELDS.map((name) => [name, ''])) as TypedDoor;

/** Who said it need not write it: the recording stands for the sentence until somebody has listened. */
export async function withVoice(locals: App.Locals, typed: TypedDoor, code: string): Promise<TypedDoor> {
  if (typed.sentence.trim() !== '') return typed;
  const hasVoice = (await findDraft(locals.context, code))?.voiceFileId != null;
  return hasVoice ? { ...typed, sentence: VOICE_SENTENCES[locals.language] } : typed;
}

const PROBLEMS: Readonly<Record<string, () => string>> = {
  missing: m.door_problem_sentence,
  'too-short': m.door_problem_sentence,
  'too-long': m.door_problem_too_long,
  'malformed-phone': m.door_problem_phone,
  'malformed-email': m.door_problem_email,
  'phone-missing': m.door_problem_phone_missing,
  'name-missing': m.door_problem_name
};

/** The sentence for what is wrong in each field. */
export function doorProblems(problems: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(problems).map(([field, code]) => [field, PROBLEMS[code]?.() ?? m.trust_refusal_other()])
  );
}
