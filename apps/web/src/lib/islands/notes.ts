import { readMinutes } from '@terreau/features/support/minutes.rules';
import { Safe, type DossierName, type WaitingNote } from './safe.ts';
import { sendWaiting, type Sending } from './send-waiting.ts';
import { showWaiting } from './waiting-list.ts';

/*
 * Writes notes without network. Each note is first kept on the telephone, then sent; the page says which. Without this
 * script the form is sent as any form. On the page: `[data-notes]` with the territory, who is signed in (absent on the
 * shell, which is nobody's page) and the words; in it, maybe a form and the list of what waits.
 */

const FIRST_RETRY_MILLISECONDS = 2_000;
const LONGEST_RETRY_MILLISECONDS = 300_000;

const root = document.querySelector<HTMLElement>('[data-notes]');
if (root && 'indexedDB' in globalThis && globalThis.crypto?.subtle) void start(root);

/** What the parts of this page share. */
export interface Here {
  readonly root: HTMLElement;
  readonly safe: Safe;
  readonly territory: string;
  /** Whose notes are written here; null on the shell of a locked telephone, where none is. */
  readonly author: string | null;
  readonly texts: Readonly<Record<string, string>>;
  readonly form: HTMLFormElement | null;
  /** Sends what waits, shows what is left, and says how it went. */
  send(): Promise<Sending>;
  show(): Promise<void>;
  /** Fills the form with a note that waits. */
  open(note: WaitingNote): void;
}

async function start(element: HTMLElement): Promise<void> {
  const safe = await Safe.open();
  const { account, territory = '', texts = '{}' } = element.dataset;
  if (account) await safe.unlock(account);
  const author = account ?? (await safe.holder());
  const form = element.querySelector<HTMLFormElement>('form[data-note-form]');
  let delay = FIRST_RETRY_MILLISECONDS;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let isSignedIn = author !== null;
  const here: Here = {
    root: element,
    safe,
    territory,
    author,
    texts: JSON.parse(texts) as Record<string, string>,
    form,
    async send() {
      clearTimeout(retry);
      if (!safe.isOpen) return 'sent';
      const sending = await sendWaiting(safe);
      delay = sending === 'later' ? Math.min(delay * 2, LONGEST_RETRY_MILLISECONDS) : FIRST_RETRY_MILLISECONDS;
      if (sending === 'later') retry = setTimeout(() => void here.send(), delay);
      await here.show();
      // Said once, whoever found it out first: this page, or the service worker.
      if (sending === 'signed-out' && isSignedIn) say(element, here.texts['signedOut'] ?? '', 'owed');
      isSignedIn = sending !== 'signed-out';
      return sending;
    },
    show: () => showWaiting(here),
    open: (note) => form && fill(form, note)
  };
  if (form) await prepare(here, form);
  element.querySelector('[data-erase]')?.addEventListener('click', () => void askToErase(here));
  await here.show();
  if (location.hash.length > 1) await openAsked(here);
  // The network came back: the wait starts anew.
  globalThis.addEventListener('online', () => {
    delay = FIRST_RETRY_MILLISECONDS;
    void here.send();
  });
  await here.send();
  if (author) await keepForLater(here, account).catch(() => undefined);
  element.dataset.ready = 'yes';
}

/**
 * The names of one's dossiers and the shell of this page, for the day without network. Nobody is signed in any more:
 * the telephone is locked, although nothing had to be sent. `account`: none on the shell, which keeps nothing.
 */
async function keepForLater(here: Here, account: string | undefined): Promise<void> {
  const { safe, territory, form } = here;
  const answer = await fetch(`/${territory}/dossiers/names`, { redirect: 'manual' });
  if (answer.type === 'opaqueredirect') {
    await safe.lock();
    return here.show();
  }
  if (!account) return;
  if (answer.ok) await safe.keepDossiers(account, territory, (await answer.json()) as DossierName[]);
  if (form) await offerDossiers(here, form);
  const workers = navigator.serviceWorker;
  if (!workers || !location.pathname.startsWith(`/${territory}/dossiers`)) return;
  await workers.register('/service-worker.js', { scope: `/${territory}/dossiers` });
  const { active } = await workers.ready;
  const { lang } = document.documentElement;
  active?.postMessage({ shell: `/${territory}/dossiers/waiting-notes`, language: lang });
}

async function prepare(here: Here, form: HTMLFormElement): Promise<void> {
  const { safe, root: element, texts } = here;
  if (form.elements.namedItem('dossier')) {
    await offerDossiers(here, form);
    form.hidden = (await safe.holder()) === null;
    blank(form);
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void save(here, form).catch(() => {
      // The telephone cannot keep it (full, private window): as without script. Without network it stays on the screen.
      if (form.hasAttribute('action') && navigator.onLine) form.submit();
      else say(element, texts['full'] ?? '', 'owed');
    });
  });
}

/** The dossiers to choose from, where the page is of none; the one of the address is chosen. */
async function offerDossiers({ safe, territory }: Here, form: HTMLFormElement): Promise<void> {
  const choice = form.elements.namedItem('dossier');
  if (!(choice instanceof HTMLSelectElement)) return;
  const asked = choice.value || /\/dossiers\/([0-9a-f-]{36})/.exec(location.pathname)?.[1];
  const options = (await safe.dossiers(territory)).map(({ id, title }) => new Option(title, id));
  choice.replaceChildren(...[...choice.options].slice(0, 1), ...options);
  if (asked && options.some(({ value }) => value === asked)) choice.value = asked;
}

async function save(here: Here, form: HTMLFormElement): Promise<void> {
  const { safe, root: element, texts, territory, author } = here;
  const problem = problemOf(form, texts);
  if (problem) return say(element, problem.text, 'owed', problem.field);
  const note = noteIn(form, territory);
  if (!author) throw new Error('nobody writes on a locked telephone');
  await safe.keepNote(author, note);
  const registration = await navigator.serviceWorker?.getRegistration();
  // Where the browser can, it sends when the network returns, even if no page is open.
  const { sync } = (registration ?? {}) as { sync?: { register(tag: string): Promise<void> } };
  await sync?.register('notes').catch(() => undefined);
  blank(form);
  await here.show();
  say(element, texts['kept'] ?? '', 'done');
  const sending = await here.send();
  const left = (await safe.notes()).find(({ clientId }) => clientId === note.clientId);
  if (left?.refusal) {
    // Back on the screen, unless another one has been begun meanwhile.
    if (!isBegun(form)) here.open(left);
    return say(element, left.refusal.text || (texts['access'] ?? ''), 'owed');
  }
  if (sending === 'signed-out') return say(element, texts['signedOut'] ?? '', 'owed');
  if (left) return;
  if (form.dataset.after && !isBegun(form)) location.assign(form.dataset.after);
  else say(element, texts['sent'] ?? '', 'done');
}

function isBegun(form: HTMLFormElement): boolean {
  return [...form.querySelectorAll('textarea')].some(({ value }) => value !== '');
}

/** What would surely be refused is said at once, while the note is on the screen. */
function problemOf(form: HTMLFormElement, texts: Here['texts']): { text: string; field: string } | null {
  const typed = new FormData(form);
  const text = (name: string) => String(typed.get(name) ?? '').trim();
  if (form.elements.namedItem('dossier') && !text('dossier')) return { text: texts['whichDossier']!, field: 'dossier' };
  if (readMinutes(text('minutes') || text('minutesChip')) === null)
    return { text: texts['minutes']!, field: 'minutes' };
  if (!['done', 'decided', 'toDo', 'nextOn'].some(text)) return { text: texts['empty']!, field: 'done' };
  return null;
}

function noteIn(form: HTMLFormElement, territory: string): WaitingNote {
  const fields = [...new FormData(form)].map(([name, value]) => [name, String(value)] as const);
  const text = (name: string) => fields.find(([known]) => known === name)?.[1] ?? '';
  const choice = form.elements.namedItem('dossier');
  const isChosen = choice instanceof HTMLSelectElement;
  const { dossier = '', title = '', writtenAt = new Date().toISOString() } = form.dataset;
  const dossierId = isChosen ? choice.value : dossier;
  const { people = [], of } = JSON.parse(form.dataset.people ?? '{}') as { people?: [string, string][]; of?: string };
  // Who was there is of one circle: it stays with the note as long as its dossier does.
  if (of === dossierId) fields.push(...people);
  return {
    clientId: text('clientId'),
    territory,
    dossierId,
    title: isChosen ? (choice.selectedOptions[0]?.textContent ?? '') : title,
    writtenAt,
    offline: !navigator.onLine || form.dataset.offline === 'yes',
    fields: fields.filter(([name]) => name !== 'clientId' && name !== 'dossier'),
    refusal: null
  };
}

/** Ready for another note: of today, with a number of its own. */
function blank(form: HTMLFormElement): void {
  const choice = form.elements.namedItem('dossier');
  const chosen = choice instanceof HTMLSelectElement ? choice.value : '';
  form.reset();
  for (const field of form.querySelectorAll('textarea')) field.value = '';
  delete form.dataset.writtenAt;
  delete form.dataset.offline;
  delete form.dataset.people;
  if (choice instanceof HTMLSelectElement) choice.value = chosen;
  (form.elements.namedItem('clientId') as HTMLInputElement).value = crypto.randomUUID();
  const day = form.elements.namedItem('happenedOn') as HTMLInputElement;
  const now = new Date();
  day.value = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
  day.max = day.value;
}

function fill(form: HTMLFormElement, note: WaitingNote): void {
  blank(form);
  const known = [...note.fields, ['clientId', note.clientId], ['dossier', note.dossierId]] as const;
  for (const field of form.elements) {
    if (!('name' in field) || !('value' in field)) continue;
    const values = known.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field instanceof HTMLInputElement && /radio|checkbox/.test(field.type))
      field.checked = values.includes(field.value);
    else if (values.length > 0) field.value = values[0]!;
  }
  form.dataset.writtenAt = note.writtenAt;
  form.dataset.offline = note.offline ? 'yes' : '';
  if (!form.elements.namedItem('members')) {
    const people = note.fields.filter(([name]) => name === 'members');
    form.dataset.people = JSON.stringify({ people, of: note.dossierId });
  }
  form.hidden = false;
  form.scrollIntoView();
  form.querySelector<HTMLElement>('textarea')?.focus();
}

/** `#<number of the note>`: from another page, to be corrected here. */
async function openAsked(here: Here): Promise<void> {
  const asked = (await here.safe.notes()).find(({ clientId }) => clientId === location.hash.slice(1));
  if (asked) here.open(asked);
}

/** What waits exists nowhere else: asked once, when something does. */
async function askToErase(here: Here): Promise<void> {
  const count = (await here.safe.notes()).length + (await here.safe.lockedCount());
  const question = (here.texts['eraseSure'] ?? '').replace('{count}', String(count));
  if (count === 0 || confirm(question)) await erase(here);
}

async function erase({ root: element, safe, territory, texts }: Here): Promise<void> {
  await safe.erase();
  for (const name of await caches.keys()) if (name.startsWith('notes-shell-')) await caches.delete(name);
  const registration = await navigator.serviceWorker?.getRegistration(`/${territory}/dossiers`);
  await registration?.unregister();
  for (const part of element.querySelectorAll<HTMLElement>('form, [data-waiting], details')) part.hidden = true;
  say(element, texts['erased'] ?? '', 'done');
}

/** In the place of messages, which screen readers announce; `field` takes the focus when something is to be put right. */
function say(element: HTMLElement, text: string, kind: 'done' | 'owed', field?: string): void {
  const place = element.querySelector<HTMLElement>('[data-said]');
  if (!place) return;
  place.dataset.kind = kind;
  place.textContent = text;
  place.scrollIntoView({ block: 'center' });
  if (field) document.getElementById(`field-${field}`)?.focus();
}
