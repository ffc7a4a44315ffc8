import type { Page } from 'playwright-core';
import { follow, type PageLine } from '../page-line.ts';

/** The log of coordination time, and what is done with notes. */
export function supportNotesPages(): PageLine[] {
  const log = '/valbrune/week/coordination-work';
  const dossiers = '/valbrune/dossiers';
  const notes = { as: 'facilitator', heavy: true } as const;
  return [
    { path: log, name: 'coordination-work', ...notes },
    { path: `${log}?whose=team`, name: 'coordination-work-team', ...notes, as: 'coordinator' },
    { path: log, reach: follow('a.correct'), name: 'coordination-work-line', ...notes },
    {
      path: `${dossiers}/waiting-notes`,
      name: 'waiting-notes',
      ...notes,
      interactions: { 'a note that waits': aNoteWaits }
    },
    { path: `${dossiers}?q=convention`, name: 'found-notes', ...notes },
    { path: dossiers, reach: correctFirst, name: 'note-correction', ...notes },
    { path: dossiers, reach: correctedOnce, name: 'note-corrected', ...notes }
  ];
}

/** The first note of the first dossier, to be corrected. */
async function correctFirst(page: Page): Promise<void> {
  await follow('h2 a', '/notes')(page);
  await follow('.acts a:nth-child(2)')(page);
}

/** A note that says something else than it did, with a word to read again. */
async function correctedOnce(page: Page): Promise<void> {
  await correctFirst(page);
  await page.locator('textarea[name=done]').fill('Appelé : elle est malade, la réunion est reportée au 12.');
  await page.locator('form:has(textarea[name=done]) button').click();
  await page.waitForURL(/done=corrected/);
}

/** Written while the network is away, then looked at. */
async function aNoteWaits(page: Page): Promise<void> {
  await page.locator('[data-notes][data-ready]').waitFor();
  await page.context().setOffline(true);
  await page.locator('select[name=dossier]').selectOption({ index: 1 });
  await page.locator('input[name=minutesChip][value="45"]').check();
  await page.locator('textarea[name=done]').fill('Il est malade et sans papiers.');
  await page.locator('.remind:not(:empty)').waitFor();
  await page.locator('form[data-note-form] button').last().click();
  await page.locator('[data-waiting] li').waitFor();
  await page.context().setOffline(false);
}
