/*
 * The browser's side of passkeys. Each `form[data-passkey]` ("get" to sign in, "create" to add one) stays hidden where
 * the browser lacks these calls, and the page's other ways remain. A refusal comes back to the page as `?passkey=CODE`.
 */
const isKnown =
  typeof PublicKeyCredential === 'function' &&
  typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function' &&
  typeof PublicKeyCredential.parseCreationOptionsFromJSON === 'function';

if (isKnown) {
  for (const absent of document.querySelectorAll('[data-passkey-absent]')) absent.hidden = true;
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void follow(form);
    });
    form.hidden = false;
  }
}

const ask = {
  get: (options) => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
  create: (options) =>
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
};

async function follow(form) {
  const answer = await ceremony(form).catch(() => ({}));
  if (answer.next) return location.assign(answer.next);
  const here = new URL(location.href);
  here.searchParams.delete('done');
  // The person closed the browser's own question, or the network failed.
  here.searchParams.set('passkey', answer.refusal ?? 'passkey-refused');
  location.assign(here);
}

async function ceremony(form) {
  const address = form.getAttribute('action');
  const challenge = await fetch(address);
  const asked = await challenge.json();
  if (!challenge.ok || !asked.options) return asked;
  const credential = await ask[form.dataset.passkey](asked.options);
  if (!credential) return {};
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...Object.fromEntries(new FormData(form)), response: credential.toJSON() })
  });
  return answer.json();
}
