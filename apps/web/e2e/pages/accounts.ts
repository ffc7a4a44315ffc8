import type { PageLine } from '../page-line.ts';

export function accountPages(): PageLine[] {
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
