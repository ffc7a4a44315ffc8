import type { LocalDate } from '@terreau/kernel/instants';
import { signature } from '../orientation/desk.ts';

/* The one message of a plan: what its reader promised, before the day and after it. */

export interface RecalledAction {
  readonly what: string;
  readonly dossierTitle: string;
  readonly dueOn: LocalDate;
  readonly isPast: boolean;
  /** Its page; null for whoever has no account. */
  readonly link: string | null;
}

/** Actions listed in one message; the plan shows the others. */
export const RECALLED_MAX_COUNT = 10;

export function reminderMail(language: string, territory: string, actions: readonly RecalledAction[]) {
  const isEnglish = language === 'en';
  const shown = actions.slice(0, RECALLED_MAX_COUNT);
  const lines = shown.map((action) => lineOf(isEnglish, action)).join('\n');
  const sign = signature(language, territory);
  const first = actions[0]!.what;
  return isEnglish
    ? {
        subject: actions.length === 1 ? `What you planned: ${first}` : `${actions.length} actions that you planned`,
        text: `Hello,\n\nThis is what you planned, in the plan of an accompaniment:\n\n${lines}\n\nIs it done, or has it changed? Say so on its page, or to the person who accompanies you. That is enough for these reminders to stop.\n\n${sign}\n`
      }
    : {
        subject:
          actions.length === 1
            ? `Ce que vous avez prévu : ${first}`
            : `${actions.length} actions que vous avez prévues`,
        text: `Bonjour,\n\nVoici ce que vous avez prévu, dans le plan d’un accompagnement :\n\n${lines}\n\nC’est fait, ou cela a changé ? Dites-le sur sa page, ou à la personne qui vous accompagne. Cela suffit pour arrêter ces rappels.\n\n${sign}\n`
      };
}

function lineOf(isEnglish: boolean, { what, dossierTitle, dueOn, isPast, link }: RecalledAction): string {
  const day = new Intl.DateTimeFormat(isEnglish ? 'en-GB' : 'fr-FR', { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${dueOn}T00:00:00Z`)
  );
  const when = isEnglish
    ? isPast
      ? `it was for ${day}`
      : `for ${day}`
    : isPast
      ? `c’était pour le ${day}`
      : `pour le ${day}`;
  return [`- ${what} (${dossierTitle}), ${when}`, ...(link ? [`  ${link}`] : [])].join('\n');
}
