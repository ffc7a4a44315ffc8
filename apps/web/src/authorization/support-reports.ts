import { COORDINATION, EVERYONE, NOBODY, STAFF, type RouteAccess } from './route-access.ts';

/** A month is of whoever asks: nobody else's can be named. */
const ofTheTeam = { subject: 'territory', sameTerritory: STAFF, otherTerritory: NOBODY, signIn: true } as const;
/** What a funder is told is the coordination's, whoever began it. */
const coordinated = { sameTerritory: COORDINATION, otherTerritory: NOBODY, signIn: true } as const;
const month = '/[territory]/week/report';
const desk = '/[territory]/coordination/reports';
const template = `${desk}/templates/[model]`;
const report = '/[territory]/reports/[report]';
/** What the end of a secret address opens: the address is the right. */
const withAddress = { subject: 'token', sameTerritory: EVERYONE, otherTerritory: EVERYONE } as const;

export const supportReportsAccess: readonly RouteAccess[] = [
  ...['', '/figures', '/paper/[paper]'].map((page): RouteAccess => ({
    route: `${month}${page}`,
    method: 'GET',
    ...ofTheTeam
  })),
  ...['save', 'freeze'].map((action): RouteAccess => ({ route: month, method: 'POST', action, ...ofTheTeam })),
  ...['', '/team'].map((page): RouteAccess => ({
    route: `${desk}${page}`,
    method: 'GET',
    subject: 'territory',
    ...coordinated
  })),
  ...['template', 'report'].map((action): RouteAccess => ({
    route: desk,
    method: 'POST',
    action,
    subject: 'territory',
    ...coordinated
  })),
  { route: template, method: 'GET', subject: 'report-template', ...coordinated },
  ...['rename', 'addSection', 'removeSection', 'addText', 'removeText', 'retire'].map((action): RouteAccess => ({
    route: template,
    method: 'POST',
    action,
    subject: 'report-template',
    ...coordinated
  })),
  ...['', '/figures', '/paper/[paper]'].map((page): RouteAccess => ({
    route: `${report}${page}`,
    method: 'GET',
    subject: 'report',
    ...coordinated
  })),
  ...['save', 'freeze', 'link', 'revoke'].map((action): RouteAccess => ({
    route: report,
    method: 'POST',
    action,
    subject: 'report',
    ...coordinated
  })),
  ...['', '/figures'].map((page): RouteAccess => ({ route: `/reports/[token]${page}`, method: 'GET', ...withAddress }))
];
