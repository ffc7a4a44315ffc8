import { follow, type PageLine } from '../page-line.ts';

/** The requests of a territory, for its team; what a partner and a person open without an account. */
export function requestPages(): PageLine[] {
  const requests = '/valbrune/requests';
  const team: PageLine[] = [
    { path: requests, name: 'requests' },
    { path: `${requests}?list=unanswered`, name: 'requests-unanswered' },
    { path: `${requests}?list=withdrawn`, name: 'requests-withdrawn' },
    { path: `${requests}?list=offered`, reach: follow('h2 a'), name: 'request-offered' },
    {
      path: `${requests}?list=open`,
      reach: follow('h2 a'),
      name: 'request-open',
      interactions: {
        'the closing unfolds': (page) => page.getByText('Clore avec une suite').click()
      }
    },
    { path: `${requests}?list=closed`, reach: follow('h2 a'), name: 'request-closed' },
    { path: `${requests}?list=open`, reach: follow('h2 a', '/offers/new'), name: 'request-offer-new' },
    { path: `${requests}?list=open`, reach: follow('h2 a', '/hand-overs/new'), name: 'request-hand-over-new' },
    { path: '/valbrune/answers', name: 'answers' },
    { path: '/valbrune/unmet-needs', name: 'unmet-needs' }
  ];
  return [
    ...team.map((line): PageLine => ({ ...line, as: 'facilitator', heavy: true })),
    { path: '/sent', reach: follow('a[href*="/replies/"]'), name: 'reply' },
    { path: '/sent', reach: follow('a[href*="/surveys/"]'), name: 'survey' },
    { path: `/replies/${'x'.repeat(32)}`, name: 'reply-gone' },
    { path: `/surveys/${'x'.repeat(32)}`, name: 'survey-gone' }
  ];
}
