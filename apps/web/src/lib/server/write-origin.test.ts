import { expect, test } from 'vitest';
import { mayWrite } from './write-origin.ts';

const own = 'https://terreau.example';
const post = {
  method: 'POST',
  path: '/preferences',
  ownOrigin: own,
  origin: own,
  fetchSite: 'same-origin',
  carriesCookies: true
};

test('a form of our own pages is let through', () => {
  expect(mayWrite(post)).toBe(true);
});

test('a form on another site is refused, whatever it says of itself', () => {
  expect(mayWrite({ ...post, origin: 'https://elsewhere.example' })).toBe(false);
  expect(mayWrite({ ...post, fetchSite: 'cross-site' })).toBe(false);
  expect(mayWrite({ ...post, origin: 'null', fetchSite: null })).toBe(false);
});

test('a page that hides where it comes from is refused', () => {
  expect(mayWrite({ ...post, origin: null, fetchSite: null })).toBe(false);
});

test('a program may write to the interface without a cookie, never with one', () => {
  const program = { ...post, path: '/api/v1/organizations', origin: null, fetchSite: null };
  expect(mayWrite({ ...program, carriesCookies: false })).toBe(true);
  expect(mayWrite(program)).toBe(false);
});

test('the button of a mailbox stops messages without a page; with a cookie it would be a borrowed one', () => {
  const button = { ...post, path: '/unsubscribe/alerts.x.y/one-click', origin: null, fetchSite: null };
  expect(mayWrite({ ...button, carriesCookies: false })).toBe(true);
  expect(mayWrite(button)).toBe(false);
  expect(mayWrite({ ...button, path: '/unsubscribe/alerts.x.y', carriesCookies: false })).toBe(false);
});

test('reading is always allowed', () => {
  expect(mayWrite({ ...post, method: 'GET', origin: 'https://elsewhere.example', fetchSite: 'cross-site' })).toBe(true);
});
