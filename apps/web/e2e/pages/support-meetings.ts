import type { Page } from 'playwright-core';
import { follow, type PageLine } from '../page-line.ts';

/** Possible meetings: as whoever accompanies, whoever carries the project, a structure, and behind a link. */
export function meetingsPages(): PageLine[] {
  const dossiers = '/valbrune/dossiers';
  return [
    {
      path: `${dossiers}?q=${encodeURIComponent('Repas partagés')}`,
      reach: follow('h2 a', '/meetings'),
      name: 'dossier-meetings',
      as: 'facilitator',
      heavy: true,
      interactions: { proposing: open('Proposer cette rencontre'), 'putting aside': open('Écarter') }
    },
    {
      path: `${dossiers}?q=${encodeURIComponent('Atelier de réparation')}`,
      reach: follow('h2 a', '/meetings'),
      name: 'dossier-meetings-proposed',
      as: 'facilitator',
      heavy: true
    },
    {
      path: dossiers,
      reach: follow('h2 a', '/meetings'),
      name: 'dossier-meetings-carrier',
      as: 'account:porteuse-de-projet',
      interactions: { deciding: open('Choisir comment continuer') }
    },
    { path: '/valbrune/meetings', name: 'meetings-of-structure', as: 'account:responsable-ressourcerie' },
    { path: '/meetings/unknown', name: 'meeting-link-unknown' }
  ];
}

function open(summary: string) {
  return (page: Page) => page.locator('summary', { hasText: summary }).first().click();
}
