import type { listNearDeadlines } from '@terreau/features/funding/list-deadlines.query';
import type { LocalDate } from '@terreau/kernel/instants';
import { formatFromNow, formatLocalDate } from '#lib/formats.ts';
import { DEADLINE_WORDS } from './words.ts';

type Near = Awaited<ReturnType<typeof listNearDeadlines>>;

/** The deadlines of a week in words. */
export function nearDeadlines({ deadlines, total }: Near, today: LocalDate) {
  const noon = (date: LocalDate) => new Date(`${date}T12:00:00Z`);
  return {
    total,
    lines: deadlines.map((deadline) => ({
      id: deadline.id,
      dossierId: deadline.dossierId,
      dossier: deadline.dossierTitle,
      what: DEADLINE_WORDS[deadline.kind](),
      on: formatLocalDate(deadline.dueOn),
      when: formatFromNow(noon(deadline.dueOn), noon(today), 'UTC'),
      isLate: deadline.standing === 'late'
    }))
  };
}
