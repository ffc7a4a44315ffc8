import type { PaperDocument } from '@terreau/formats/document';
import type { Territory } from '@terreau/features/territories/find-territory.query';
import { exportPaper } from '@terreau/features/trust/export-paper.rules';
import { formatShortDate } from '#lib/formats.ts';
import { m } from '#texts/messages.js';
import { readableExport, type PersonalExport } from './readable-export.ts';

/** Everything about somebody as a paper in the language of the page, made on the day of the export. */
export function toldExport(data: PersonalExport, territory: Territory, language: 'fr' | 'en'): PaperDocument {
  const date = formatShortDate(data.madeAt, territory.timeZone);
  return exportPaper(
    readableExport(data, language).map(({ title, purpose, retention, about, done, isComplete }) => ({
      title,
      purpose: `${purpose} ${m.trust_data_kept({ text: retention })}`,
      about,
      done,
      more: isComplete ? null : m.trust_data_more()
    })),
    {
      title: m.trust_person_paper_title(),
      subtitle: [data.names[0], territory.name, date].filter(Boolean).join(' · '),
      lead: m.trust_person_paper_lead(),
      done: m.trust_person_paper_done()
    },
    language
  );
}
