import { follow, type PageLine } from '../page-line.ts';

/** The appointments of a dossier, as somebody who accompanies sees them, and their own calendar. */
export function supportAppointmentsPages(): PageLine[] {
  const dossiers = '/valbrune/dossiers';
  const appointments = (name: string, then: PageLine['reach']): PageLine => ({
    path: dossiers,
    reach: then!,
    name: `dossier-appointments${name}`,
    as: 'facilitator',
    heavy: true
  });
  const toFirst =
    (what: string): PageLine['reach'] =>
    async (page) => {
      await follow('h2 a', '/appointments')(page);
      await follow(`main a[href$="/${what}"]`)(page);
    };
  return [
    appointments('', follow('h2 a', '/appointments')),
    appointments('-new', follow('h2 a', '/appointments/new')),
    appointments('-edit', toFirst('edit')),
    appointments('-answers', toFirst('answers')),
    appointments('-slip', toFirst('slip')),
    {
      path: '/sent',
      reach: follow('a[href*="/appointments/"]:not([href*="/dossiers/"])'),
      name: 'appointment-link'
    },
    { path: '/appointments/unknown', name: 'appointment-link-unknown' },
    { path: '/account/calendar', name: 'account-calendar', as: 'facilitator', heavy: true }
  ];
}
