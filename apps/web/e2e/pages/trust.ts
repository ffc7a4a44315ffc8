import { follow, type PageLine } from '../page-line.ts';

const directory = '/valbrune/organizations';

const coordination = '/valbrune/coordination';

/** What is flagged, held and decided; what is typed for somebody; who asks about their own data. */
export function trustPages(): PageLine[] {
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
    },
    {
      path: `${coordination}/persons`,
      reach: async (page) => {
        await page.locator('input[name=words]').fill('Bernard');
        await page.locator('main form button').first().click();
        await follow('section[aria-labelledby=found] li a')(page);
      },
      name: 'person',
      interactions: {
        'another name erases nothing': async (page) => {
          await page.locator('input[name=name]').fill('zzzzzz');
          await page.locator('main form button').first().click();
          await page.getByRole('alert').waitFor();
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
