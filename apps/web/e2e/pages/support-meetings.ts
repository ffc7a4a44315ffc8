import type { Page } from 'playwright-core';
import { follow, type PageLine } from '../page-line.ts';

/** Possible meetings: as whoever accompanies, whoever carries the project, a structure, and behind a link. */
export function meetingsPages(): PageLine[] {
  const dossiers = '/valbrune/dossiers';
  return [
    {
      path: dossiers,
      reach: meetingsOf('Repas partagés'),
      name: 'dossier-meetings',
      as: 'facilitator',
      heavy: true,
      interactions: { proposing: open('Proposer cette rencontre'), 'putting aside': open('Écarter') }
    },
    {
      path: dossiers,
      reach: meetingsOf('Atelier de réparation'),
      name: 'dossier-meetings-proposed',
      as: 'facilitator',
      heavy: true
    },
    {
      path: dossiers,
      reach: meetingsOf('Atelier de réparation'),
      name: 'dossier-meetings-carrier',
      as: 'account:porteuse-de-projet',
      interactions: { deciding: (page) => page.locator('section[aria-labelledby=decision] summary').click() }
    },
    { path: '/valbrune/meetings', name: 'meetings-of-structure', as: 'account:responsable-ressourcerie' },
    { path: '/meetings/unknown', name: 'meeting-link-unknown' }
  ];
}

function meetingsOf(title: string) {
  return follow(`h2 a:has-text("${title}")`, '/meetings');
}

function open(summary: string) {
  return (page: Page) => page.locator('summary', { hasText: summary }).first().click();
}
