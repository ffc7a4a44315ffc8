import type { Refusal, Safe, WaitingNote } from './safe.ts';

/** `sent`: nothing waits but what was refused; `later`: no network, or a tired server; `signed-out`: locked. */
export type Sending = 'sent' | 'later' | 'signed-out';

const ANSWER_LIMIT_MILLISECONDS = 20_000;

/**
 * Sends what waits, one note after the other, the oldest first; a page and the service worker take turns. A note leaves
 * the telephone once the server said that it has it: sent again after a lost answer, it is the same note there.
 */
export function sendWaiting(safe: Safe): Promise<Sending> {
  if (!('locks' in navigator)) return sendAll(safe);
  return navigator.locks.request('terreau-notes', () => sendAll(safe));
}

async function sendAll(safe: Safe): Promise<Sending> {
  const author = await safe.holder();
  if (author === null) return 'signed-out';
  for (const note of await safe.notes()) {
    if (note.refusal) continue;
    const answer = await send(note, author);
    if (answer === 'kept') await safe.dropNote(note.clientId);
    else if (answer === 'signed-out') {
      await safe.lock();
      return 'signed-out';
    } else if (answer === 'later') {
      if (!note.offline) await safe.keepNote(author, { ...note, offline: true });
      return 'later';
    } else await safe.keepNote(author, { ...note, refusal: answer });
  }
  return 'sent';
}

async function send(note: WaitingNote, account: string): Promise<'kept' | 'later' | 'signed-out' | Refusal> {
  const body = new URLSearchParams(note.fields.map(([name, value]) => [name, value]));
  const known = { clientId: note.clientId, writtenAt: note.writtenAt, offline: note.offline ? 'yes' : '' };
  for (const [name, value] of Object.entries({ ...known, account })) body.set(name, value);
  try {
    const response = await fetch(`/${note.territory}/dossiers/${note.dossierId}/notes/arrivals`, {
      method: 'POST',
      body,
      // To the sign-in page: nobody is signed in, or somebody else is.
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_LIMIT_MILLISECONDS)
    });
    if (response.ok) return 'kept';
    if (response.type === 'opaqueredirect') return 'signed-out';
    if (response.status === 404) return { code: 'access', text: '', errors: {} };
    if (response.status !== 409 && response.status !== 422) return 'later';
    const { errors } = (await response.json()) as { errors: Record<string, string> };
    return { code: 'refused', text: Object.values(errors).join(' '), errors };
  } catch {
    return 'later';
  }
}
