import type { PersonalTable } from './privacy-entry.ts';
import { TABLES_ABOUT_MESSAGES } from './privacy-of-messages.ts';
import { TABLES_ABOUT_PEOPLE } from './privacy-of-people.ts';
import { TABLES_ABOUT_THE_DIRECTORY } from './privacy-of-directory.ts';
import { TABLES_ABOUT_APPOINTMENTS } from './privacy-of-appointments.ts';
import { TABLES_ABOUT_CATALOGUE } from './privacy-of-catalogue.ts';
import { TABLES_ABOUT_ORIENTATION } from './privacy-of-orientation.ts';
import { TABLES_ABOUT_FUNDING } from './privacy-of-funding.ts';
import { TABLES_ABOUT_NOTES } from './privacy-of-notes.ts';
import { TABLES_ABOUT_FIGURES } from './privacy-of-figures.ts';
import { TABLES_ABOUT_SHARING } from './privacy-of-journey.ts';
import { TABLES_ABOUT_MEMORY } from './privacy-of-memory.ts';
import { TABLES_ABOUT_REPORTS } from './privacy-of-reports.ts';
import { TABLES_ABOUT_COMMITTEES } from './privacy-of-committees.ts';
import { TABLES_ABOUT_PLANS } from './privacy-of-plan.ts';
import { TABLES_ABOUT_MEETINGS } from './privacy-of-meetings.ts';
import { TABLES_ABOUT_SUPPORT } from './privacy-of-support.ts';
import { TABLES_ABOUT_TALK } from './privacy-of-talk.ts';

/*
 * The privacy registry: every table that holds something of a person, why, for how long, how it is exported and how it
 * is erased. Exports, erasures, docs/privacy.md and the public page are all made from it, and a test compares it with
 * the catalogue of the migrated database: a table with a person's key that is not here fails the build.
 * A new capability adds its tables in a file of its own, `privacy-of-<capability>.ts`.
 */

/** In the order of erasure: directory rows lose their authors first, accounts go last. */
export const PRIVACY_REGISTRY: readonly PersonalTable[] = [
  ...TABLES_ABOUT_FUNDING,
  ...TABLES_ABOUT_NOTES,
  ...TABLES_ABOUT_FIGURES,
  ...TABLES_ABOUT_SHARING,
  ...TABLES_ABOUT_MEMORY,
  ...TABLES_ABOUT_REPORTS,
  ...TABLES_ABOUT_COMMITTEES,
  ...TABLES_ABOUT_PLANS,
  ...TABLES_ABOUT_APPOINTMENTS,
  ...TABLES_ABOUT_TALK,
  ...TABLES_ABOUT_MEETINGS,
  ...TABLES_ABOUT_SUPPORT,
  ...TABLES_ABOUT_CATALOGUE,
  ...TABLES_ABOUT_ORIENTATION,
  ...TABLES_ABOUT_MESSAGES,
  ...TABLES_ABOUT_THE_DIRECTORY,
  ...TABLES_ABOUT_PEOPLE
];

/** Columns whose name looks like a person's key and which are not one, with the reason. */
export const NOT_A_PERSON: Readonly<Record<string, string>> = {
  'service.mobilized_by': 'codes of data·inclusion: who may refer somebody to the service',
  'request.reached_by': 'a means: telephone, text message, mail, visit',
  'talk_message.spoken_by': 'a place in the circle: it goes with the person',
  'rate_limit.key': 'a digest of what is counted, gone within a day'
};

/** Columns that are looked at by their names, besides every foreign key to an account or a person. */
export const PERSON_KEY_NAMES =
  /^(account_id|person_id|actor_id|recipient|ip_address|user_agent|(.*_)?(email|phone|telephone)|.*_by|.*_account|.*_contact|(first|last|full|display|shown)_name|birth.*)$/;
