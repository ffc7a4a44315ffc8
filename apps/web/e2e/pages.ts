import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Role } from './sign-in.ts';

/** One page of the site, and what it must hold. Add a line per page. */
export interface PageLine {
  /** Address, from the root; with `reach`, where one starts from. */
  path: string;
  /** What is done from `path` to reach a page whose address holds an id. Done once, as the line's reader. */
  reach?: (page: Page) => Promise<void>;
  /** Each view also has the cookies of whoever reached the page: a code that was typed, a draft. */
  keepsCookies?: boolean;
  /** Name in the reports and of its pictures, in kebab-case. */
  name: string;
  /** Who looks at it: nobody in particular, or somebody signed in with that role. */
  as?: Role;
  /** A list page also keeps its scripts under the list limit. */
  kind?: 'page' | 'list';
  /** One of the ten main pages: pictured in each view, and in the table of weights. */
  isMain?: boolean;
  /** The answer expected, 200 unless said otherwise. */
  status?: number;
  /** No weight limit: pages for staff, and the kit. */
  heavy?: boolean;
  /** What people do there; axe looks again after each. Names go into the report. */
  interactions?: Record<string, (page: Page) => Promise<void>>;
}

const directory = '/valbrune/organizations';
const coordination = '/valbrune/coordination';

export const pages: PageLine[] = [
  ...housePages(),
  ...doorPages(),
  ...requestPages(),
  ...directoryPages(),
  ...cataloguePages(),
  ...ownerPages(),
  ...trustPages(),
  ...accountPages(),
  ...coordinationPages(),
  ...supportPages(),
  kitPage()
];

function housePages(): PageLine[] {
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

function directoryPages(): PageLine[] {
  return [
    {
      path: directory,
      name: 'directory',
      kind: 'list',
      isMain: true,
      interactions: {
        'the filters unfold': (page) => page.getByText('Préciser la recherche').click()
      }
    },
    {
      path: `${directory}/map?q=panier`,
      name: 'directory-map',
      heavy: true,
      interactions: {
        'the map is there': (page) => page.locator('.map-point').first().waitFor(),
        'a point is chosen': (page) => page.locator('.map-point').first().click()
      }
    },
    { path: `${directory}?q=panier&kind=service`, name: 'directory-search', kind: 'list' },
    { path: `${directory}?q=zzzzzzzz`, name: 'directory-nothing', kind: 'list' },
    { path: `${directory}/print`, name: 'directory-print', heavy: true },
    { path: `${directory}?q=panier+du+pont`, reach: follow('h3 a'), name: 'sheet', isMain: true },
    { path: `${directory}?q=panier+du+pont`, reach: follow('h3 a', '?version=clear'), name: 'sheet-clear' },
    {
      path: `${directory}?q=panier+du+pont`,
      reach: follow('h3 a', '/correction'),
      name: 'correction',
      interactions: {
        'it comes back with what is missing': async (page) => {
          await page.getByRole('button', { name: 'Envoyer' }).click();
          await page.getByRole('alert').waitFor();
        }
      }
    },
    { path: '/valbrune/needs', name: 'needs', kind: 'list', isMain: true },
    { path: '/valbrune/needs', reach: follow('.posts a'), name: 'need' },
    { path: '/valbrune/offers?show=settled', name: 'offers', kind: 'list', isMain: true },
    { path: '/valbrune/skills', name: 'skills', kind: 'list', isMain: true },
    { path: '/valbrune/portrait', name: 'portrait', isMain: true },
    { path: '/valbrune/map-embed', name: 'map-embed' },
    { path: '/valbrune/exports', name: 'exports' },
    { path: `/confirm/${'x'.repeat(43)}`, name: 'confirm-gone' }
  ];
}

/** The requests of a territory, for its team; what a partner and a person open without an account. */
function requestPages(): PageLine[] {
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
    { path: `/replies/${'x'.repeat(32)}`, name: 'reply-gone' },
    { path: `/surveys/${'x'.repeat(32)}`, name: 'survey-gone' }
  ];
}

/** The three doors, and what follows them. */
function doorPages(): PageLine[] {
  return [
    {
      path: '/valbrune/door/idea',
      name: 'door-idea',
      isMain: true,
      interactions: {
        'it says who reads it': (page) => page.getByText('Lue seulement par').click(),
        'it comes back with what is missing': async (page) => {
          await page.getByRole('button', { name: 'Envoyer' }).click();
          await page.getByRole('alert').waitFor();
        }
      }
    },
    { path: '/valbrune/door/need', name: 'door-need' },
    { path: '/valbrune/door/help', name: 'door-help' },
    { path: '/valbrune/door/need', reach: keepDraft, name: 'door-kept', keepsCookies: true },
    { path: '/valbrune/door/idea', reach: sendIdea, name: 'door-sent', keepsCookies: true },
    {
      path: '/valbrune/door/idea',
      reach: openSentIdea,
      name: 'receipt-of-a-request',
      keepsCookies: true,
      interactions: {
        'it can be corrected': (page) => page.getByText('Corriger ou compléter').click(),
        'it can be withdrawn': (page) => page.getByText('Retirer ma demande').click()
      }
    },
    {
      path: '/valbrune/door/idea',
      reach: openQuestions,
      name: 'door-questions',
      keepsCookies: true,
      interactions: {
        'it says why': (page) => page.getByText('Pourquoi cette question').click(),
        'it comes back without an answer': async (page) => {
          await page.getByRole('button', { name: 'Continuer' }).click();
          await page.getByRole('alert').waitFor();
        }
      }
    },
    { path: '/valbrune/door/idea/assisted', name: 'door-assisted', as: 'facilitator', heavy: true }
  ];
}

async function keepDraft(page: Page): Promise<void> {
  await page.locator('[name=sentence]').fill('Une salle pour répéter le jeudi soir');
  await page.getByRole('button', { name: 'Garder et continuer plus tard' }).click();
  await page.waitForURL(/kept/);
}

async function sendIdea(page: Page): Promise<void> {
  await page.locator('[name=sentence]').fill('Un atelier pour réparer les vélos');
  await page.locator('[name=phone]').fill('06 12 34 56 78');
  await page.getByRole('button', { name: 'Envoyer' }).click();
  await page.waitForURL(/sent$/);
}

async function openQuestions(page: Page): Promise<void> {
  await sendIdea(page);
  await page.getByRole('link', { name: 'Répondre à quelques questions' }).click();
  await page.waitForURL(/questions/);
}

async function openSentIdea(page: Page): Promise<void> {
  await sendIdea(page);
  await page.getByRole('link', { name: 'Ouvrir ma demande' }).click();
  await page.waitForURL(/mine$/);
}

function cataloguePages(): PageLine[] {
  const supports = '/valbrune/supports';
  const kept = ['/new', '/new?kind=funding', '/kept', '/kept?pile=own', '/templates', '/imports'];
  return [
    {
      path: supports,
      name: 'supports',
      kind: 'list',
      isMain: true,
      interactions: { 'the filters unfold': (page) => page.getByText('Préciser la recherche').click() }
    },
    { path: `${supports}?q=local+pour+répéter&open=1`, name: 'supports-search', kind: 'list' },
    { path: `${supports}?q=zzzzzzzz`, name: 'supports-nothing', kind: 'list' },
    { path: `${supports}/print`, name: 'supports-print', heavy: true },
    {
      path: `${supports}?q=fonds+régional+des+associations&kind=funding`,
      reach: follow('h3 a'),
      name: 'support',
      isMain: true
    },
    { path: `${supports}?q=formation+des+bénévoles&kind=funding`, reach: follow('h3 a'), name: 'support-stale' },
    { path: `${supports}?kind=person`, reach: follow('h3 a'), name: 'support-person' },
    ...kept.map((part): PageLine => ({
      path: `${supports}${part}`,
      name: `supports-team${part.replaceAll(/\W+/g, '-')}`,
      as: 'facilitator',
      heavy: true
    })),
    ...['', '/edit', '/template'].map((part): PageLine => ({
      path: `${supports}?q=fonds+régional+des+associations&kind=funding`,
      reach: follow('h3 a', part),
      name: `support-team${part.replaceAll(/\W+/g, '-')}`,
      as: 'facilitator',
      heavy: true
    }))
  ];
}

/** What somebody sees who may change a sheet. */
function ownerPages(): PageLine[] {
  const parts = [
    '',
    '/edit',
    '/picture',
    '/history',
    '/places/new',
    '/services/new',
    '/posts/new?kind=offer',
    '/decision'
  ];
  return [
    { path: `${directory}/new`, name: 'sheet-new', as: 'resident' },
    { path: '/valbrune/skills/new', name: 'skill-new', as: 'resident' },
    ...parts.map((part): PageLine => ({
      path: `${directory}?q=panier+du+pont`,
      reach: follow('h3 a', part),
      name: `sheet-facilitator${part.replaceAll(/\W+/g, '-')}`,
      as: 'facilitator',
      heavy: true
    })),
    { path: '/valbrune/corrections', name: 'corrections', as: 'facilitator', heavy: true }
  ];
}

/** What is flagged, held and decided; what is typed for somebody; who asks about their own data. */
function trustPages(): PageLine[] {
  const sheet = `${directory}?q=panier+du+pont`;
  const team: PageLine[] = [
    { path: '/valbrune/moderation', name: 'moderation' },
    {
      path: '/valbrune/moderation',
      reach: follow('main a[href*="/moderation/"]:not([href$="/figures"])'),
      name: 'moderation-case'
    },
    { path: '/valbrune/assisted/new', name: 'assisted-entry' },
    {
      path: `${coordination}/persons`,
      name: 'persons',
      interactions: {
        'nobody answers to the words': async (page) => {
          await page.locator('input[name=words]').fill('zzzzzz');
          await page.locator('main form button').first().click();
          await page.getByText('Personne ne répond à ces mots').waitFor();
        }
      }
    }
  ];
  return [
    {
      path: sheet,
      reach: async (page) => {
        await follow('h3 a')(page);
        await follow('main a[href*="/flags/new"]')(page);
      },
      name: 'flag',
      interactions: {
        'it comes back with what is missing': async (page) => {
          await page.locator('main form button').first().click();
          await page.getByRole('alert').waitFor();
        }
      }
    },
    { path: '/valbrune/moderation/figures', name: 'moderation-figures' },
    { path: '/receipts', name: 'receipts' },
    ...team.map((line): PageLine => ({ ...line, as: 'facilitator', heavy: true }))
  ];
}

/** What somebody of the circle of a dossier sees. */
function supportPages(): PageLine[] {
  const dossiers = '/valbrune/dossiers';
  const parts = ['', '/notes', '/notes/new', '/diagnosis', '/diagnosis/blank', '/circle', '/reads', '/end'];
  return [
    { path: dossiers, name: 'dossiers', as: 'facilitator', heavy: true },
    { path: `${dossiers}/new`, name: 'dossier-new', as: 'facilitator', heavy: true },
    ...parts.map((part): PageLine => ({
      path: dossiers,
      reach: follow('h2 a', part),
      name: `dossier${part.replaceAll(/\W+/g, '-')}`,
      as: 'facilitator',
      heavy: true
    }))
  ];
}

function accountPages(): PageLine[] {
  return [
    {
      path: '/sign-in',
      name: 'sign-in',
      isMain: true,
      interactions: {
        'a wrong password is refused': async (page) => {
          await page.locator('input[name=email]').fill('habitante@valbrune.example');
          await page.locator('input[name=password]').fill('pas-le-bon-mot');
          await page.locator('form:has(input[name=password]) button').first().click();
          await page.getByRole('alert').waitFor();
        }
      }
    },
    {
      path: '/sign-up',
      name: 'sign-up',
      interactions: {
        'it comes back with what is missing': async (page) => {
          await page.locator('main form button').first().click();
          await page.getByRole('alert').waitFor();
        }
      }
    },
    { path: '/sign-in/link-sent', name: 'link-sent' },
    { path: '/password/reset', name: 'password-reset' },
    { path: `/invitations/${'x'.repeat(43)}`, name: 'invitation-gone', status: 404 },
    { path: '/account', name: 'account', as: 'resident' },
    { path: '/account/profile', name: 'profile', as: 'resident' },
    { path: '/account/security', name: 'security', as: 'resident', heavy: true },
    { path: '/account/security/second-factor', name: 'second-factor', as: 'resident', heavy: true }
  ];
}

/** The pages of the coordination; a page for staff may weigh more. */
function coordinationPages(): PageLine[] {
  const lines: PageLine[] = [
    { path: `${coordination}/imports`, name: 'imports' },
    { path: `${coordination}/imports`, reach: prepareImport, name: 'import-check' },
    { path: `${coordination}/imports`, reach: reportImport, name: 'import-report' },
    { path: `${coordination}/duplicates`, name: 'alike' },
    { path: `${coordination}/duplicates`, reach: openPair, name: 'pair' },
    { path: `${coordination}/people`, name: 'people' },
    { path: `${coordination}/intake`, name: 'intake' },
    { path: `${coordination}/intake/questions/looking-for`, name: 'intake-question' },
    { path: `${coordination}/intake/preview?door=need&looking-for=room`, name: 'intake-preview' },
    { path: '/valbrune/exports', name: 'exports-staff' }
  ];
  return lines.map((line): PageLine => ({ ...line, as: 'coordinator', heavy: true }));
}

function kitPage(): PageLine {
  return {
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
  };
}

/** Goes where the first link that `selector` finds leads, plus `suffix`. */
function follow(selector: string, suffix = ''): (page: Page) => Promise<void> {
  return async (page) => {
    const href = await page.locator(selector).first().getAttribute('href');
    await page.goto(new URL(`${href}${suffix}`, page.url()).href);
  };
}

async function prepareImport(page: Page): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(join(import.meta.dirname, 'some-rows.csv'));
  await page.locator('form:has(input[type=file]) button').click();
  await page.waitForURL(/imports\/[\w-]+$/);
}

async function reportImport(page: Page): Promise<void> {
  await prepareImport(page);
  await page.locator('form[action*="confirm"] button, button[formaction*="confirm"]').first().click();
  await page.getByText('Bilan de l’import').waitFor();
}

async function openPair(page: Page): Promise<void> {
  await page.locator('form[action="?/search"] button').click();
  await page.locator('main a[href*="/duplicates/"]').first().click();
  await page.waitForURL(/duplicates\/[\w-]+$/);
}
