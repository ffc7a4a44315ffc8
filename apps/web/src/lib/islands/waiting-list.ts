import type { Here } from './notes.ts';
import type { WaitingNote } from './safe.ts';

/* The notes that wait on the telephone, with what can be done of each; hidden when there is none. */

export async function showWaiting(here: Here): Promise<void> {
  const place = here.root.querySelector<HTMLElement>('[data-waiting]');
  if (!place) return;
  const { safe, texts } = here;
  const notes = await safe.notes();
  const locked = await safe.lockedCount();
  const isLocked = (await safe.holder()) === null;
  place.hidden = notes.length + locked === 0;
  place.querySelector('[data-waiting-title]')!.textContent = (texts['waiting'] ?? '').replace(
    '{count}',
    String(notes.length + locked)
  );
  const list = place.querySelector('ul')!;
  list.replaceChildren(...notes.map((note) => line(here, note)));
  const about = place.querySelector<HTMLElement>('[data-locked]')!;
  about.hidden = locked === 0 || isLocked;
  const signIn = here.root.querySelector<HTMLElement>('[data-sign-in]');
  if (signIn) signIn.hidden = !isLocked;
  const now = place.querySelector<HTMLButtonElement>('[data-send]')!;
  now.hidden = notes.every(({ refusal }) => refusal !== null);
  now.onclick = () => void here.send();
}

function line(here: Here, note: WaitingNote): HTMLElement {
  const { texts, safe, territory } = here;
  const text = (name: string) => note.fields.find(([known]) => known === name)?.[1] ?? '';
  const words = [text('done'), text('decided'), text('toDo')].filter(Boolean);
  const item = element('li', '');
  const day = new Date(note.writtenAt).toLocaleString(document.documentElement.lang, {
    dateStyle: 'medium',
    timeStyle: 'short'
  });
  item.append(element('p', `${note.title} · ${day}`, 'title'), element('p', words.join(' · ').slice(0, 200)));
  if (note.refusal) item.append(element('p', note.refusal.text || (texts['access'] ?? ''), 'why'));
  const actions = element('p', '', 'actions');
  const label = (name: string) => `${texts[name] ?? ''} : ${note.title}, ${day}`;
  const button = (name: string, act: () => unknown) => {
    const made = element('button', texts[name] ?? '', 'button quiet') as HTMLButtonElement;
    made.type = 'button';
    made.setAttribute('aria-label', label(name));
    made.onclick = () => void act();
    actions.append(made);
  };
  const shell = `/${territory}/dossiers/waiting-notes#${note.clientId}`;
  const isHere = here.form?.elements.namedItem('dossier') instanceof HTMLSelectElement;
  button('correct', () => (isHere ? here.open(note) : location.assign(shell)));
  button('copy', () =>
    navigator.clipboard.writeText([note.title, day, text('place'), ...words, text('nextOn')].join('\n'))
  );
  button('remove', async () => {
    // Nothing brings it back: asked once.
    if (!confirm(texts['removeSure'] ?? '')) return;
    await safe.dropNote(note.clientId);
    await here.show();
  });
  item.append(actions);
  return item;
}

function element(name: string, text: string, kind = ''): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  if (kind) made.className = kind;
  return made;
}
