/*
 * The browser's side of passkeys. Old browsers lack these calls: the pages then show their other ways only.
 */

/** Whether this browser can use a passkey in the way that the pages do. */
export function knowsPasskeys(): boolean {
  return (
    typeof PublicKeyCredential === 'function' &&
    typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function' &&
    typeof PublicKeyCredential.parseCreationOptionsFromJSON === 'function'
  );
}

/** What the server answers to a passkey: where to go, or the code of a refusal. */
export type PasskeyAnswer = { next: string } | { refusal: string };

/** Signs in with a passkey of this device, then says where to go. */
export async function usePasskey(address: string, next: string): Promise<PasskeyAnswer> {
  return ceremony(address, { next }, (options) =>
    navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options as never) })
  );
}

/** Makes a passkey on this device and gives it to the account that is signed in. */
export async function makePasskey(address: string, name: string): Promise<PasskeyAnswer> {
  return ceremony(address, { name }, (options) =>
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options as never) })
  );
}

async function ceremony(
  address: string,
  more: Record<string, string>,
  ask: (options: unknown) => Promise<Credential | null>
): Promise<PasskeyAnswer> {
  try {
    const challenge = await fetch(address);
    const asked = (await challenge.json()) as { options?: unknown; refusal?: string };
    if (!challenge.ok || !asked.options) return { refusal: asked.refusal ?? 'passkey-refused' };
    const credential = (await ask(asked.options)) as PublicKeyCredential | null;
    if (!credential) return { refusal: 'passkey-refused' };
    const answer = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...more, response: credential.toJSON() })
    });
    return (await answer.json()) as PasskeyAnswer;
  } catch {
    // The person closed the browser's own question, or the network failed.
    return { refusal: 'passkey-refused' };
  }
}
