import { expect, test } from 'vitest';
import { isSignedBy, readIncomingText, signatureOf } from './incoming-texts.ts';

const secret = 'a secret of the gateway';
const now = new Date('2026-03-02T10:00:00Z');
const seconds = now.getTime() / 1000;
const body = '{"id":"1","from":"+33612345678","text":"OUI"}';

test('what the gateway signed lately is believed; another body, another secret, a forged or an old proof is not', () => {
  const header = signatureOf(secret, seconds, body);
  expect(isSignedBy(secret, header, body, now)).toBe(true);
  expect(isSignedBy(secret, header, body.replace('OUI', 'NON'), now)).toBe(false);
  expect(isSignedBy('another', header, body, now)).toBe(false);
  expect(
    isSignedBy(
      secret,
      header.replace(/.$/, (end) => (end === '0' ? '1' : '0')),
      body,
      now
    )
  ).toBe(false);
  expect(isSignedBy(secret, signatureOf(secret, seconds - 601, body), body, now)).toBe(false);
  expect(isSignedBy(secret, signatureOf(secret, seconds + 601, body), body, now)).toBe(false);
  for (const wrong of [null, '', 't=1', `t=NaN,v1=${'0'.repeat(64)}`, `t=${seconds},v1=é`])
    expect(isSignedBy(secret, wrong, body, now)).toBe(false);
});

test('a body that is no text message is refused', () => {
  expect(readIncomingText(body)).toEqual({ id: '1', from: '+33612345678', text: 'OUI' });
  for (const wrong of ['', 'null', '[]', '{"id":1,"from":"+33612345678","text":"OUI"}', '{"from":"+336","text":"OUI"}'])
    expect(readIncomingText(wrong)).toBeNull();
});
