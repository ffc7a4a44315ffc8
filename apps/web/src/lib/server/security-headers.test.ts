import { expect, test } from 'vitest';
import { adjustPolicy } from './security-headers.ts';

const policy = "default-src 'self'; connect-src 'self'; img-src 'self' data:; frame-ancestors 'none'";
const usual = { embeddable: false, embedOrigins: '*', tileOrigin: null };

test('an ordinary page can be framed by nobody', () => {
  expect(adjustPolicy(policy, usual)).toBe(policy);
});

test('a page made to be embedded can be framed by those whom the deployment names', () => {
  const adjusted = adjustPolicy(policy, { ...usual, embeddable: true, embedOrigins: 'https://mairie.example' });
  expect(adjusted).toContain('frame-ancestors https://mairie.example');
});

test('map tiles are fetched from the one service that the deployment chose', () => {
  const adjusted = adjustPolicy(policy, { ...usual, tileOrigin: 'https://tiles.example' });
  expect(adjusted).toContain("connect-src 'self' https://tiles.example");
  expect(adjusted).toContain("img-src 'self' https://tiles.example data:");
});
