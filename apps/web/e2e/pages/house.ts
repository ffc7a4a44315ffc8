import type { PageLine } from '../page-line.ts';

export function housePages(): PageLine[] {
  return [
    { path: '/', name: 'home', isMain: true },
    { path: '/?q=zzz', name: 'home-no-match' },
    { path: '/valbrune', name: 'territory', isMain: true },
    { path: '/contact', name: 'contact-of-the-house' },
    { path: '/valbrune/contact?door=idea', name: 'contact-idea' },
    { path: '/valbrune/contact?door=need', name: 'contact', isMain: true },
    { path: '/valbrune/portrait', name: 'portrait' },
    { path: '/valbrune/week', name: 'week', as: 'facilitator', isMain: true },
    { path: '/unsubscribe/nothing', name: 'unsubscribe-unknown' },
    { path: '/sent', name: 'sent' },
    { path: '/valbrune/alerts/new?about=directory&q=panier', name: 'alert-new' },
    { path: '/account/alerts', name: 'alerts', as: 'resident' },
    { path: '/alerts/nothing', name: 'alerts-unknown' },
    { path: '/api', name: 'api' },
    { path: '/valbrune/coordination', name: 'coordination', as: 'coordinator', heavy: true },
    { path: '/valbrune/coordination/settings', name: 'settings', as: 'coordinator', heavy: true },
    { path: '/valbrune/coordination/settings/contact', name: 'setting-contact', as: 'coordinator', heavy: true },
    { path: '/valbrune/coordination/neighbourhoods', name: 'neighbourhoods', as: 'coordinator', heavy: true },
    { path: '/valbrune/coordination/figures', name: 'figures', as: 'coordinator', heavy: true },
    { path: '/administration', name: 'administration', as: 'administrator', heavy: true },
    {
      path: '/administration/territories/new?area=commune-97608&q=montpellier',
      name: 'territory-new',
      as: 'administrator',
      heavy: true
    },
    { path: '/preferences', name: 'preferences' },
    { path: '/accessibility', name: 'accessibility' },
    { path: '/legal', name: 'legal' },
    { path: '/privacy', name: 'privacy' },
    { path: '/no/such/page', name: 'not-found', status: 404 },
    { path: '/nowhere-at-all', name: 'no-such-territory', status: 404 }
  ];
}

export function kitPages(): PageLine[] {
  return [
    {
      path: '/kit',
      name: 'kit',
      heavy: true,
      interactions: {
        'a dialog opens': async (page) => {
          await page.getByRole('button', { name: /Effacer la fiche «/ }).click();
          await page.getByRole('dialog').waitFor();
        },
        'the dialog closes and a disclosure opens': async (page) => {
          await page.keyboard.press('Escape');
          await page.getByText('Pourquoi cette question').click();
        },
        'a form comes back with errors': async (page) => {
          await page.getByRole('button', { name: 'Continuer' }).click();
          await page.getByRole('alert').waitFor();
        },
        'the map opens': async (page) => {
          await page.getByRole('button', { name: 'Ouvrir la carte' }).click();
          await page.getByRole('button', { name: '1. Régie de quartier des Tanneurs' }).waitFor();
        }
      }
    }
  ];
}
