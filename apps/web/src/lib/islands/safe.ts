/*
 * What a telephone keeps of notes written without network: in IndexedDB, each record sealed by AES-GCM with a key of
 * the account that wrote it, which the browser holds and gives to nobody, not even to this code. Only the records of
 * the holder, whoever is signed in as far as the telephone knows, are opened. Limits: docs/decisions/0057.
 */

/** A note that waits to be sent. */
export interface WaitingNote {
  readonly clientId: string;
  readonly territory: string;
  readonly dossierId: string;
  readonly title: string;
  /** When it was first saved, ISO 8601. */
  readonly writtenAt: string;
  /** It could not leave when it was written. */
  readonly offline: boolean;
  /** The form's fields, in their order; several of one name are several choices. */
  readonly fields: readonly (readonly [string, string])[];
  /** Why the server did not take it; null while it waits. */
  readonly refusal: Refusal | null;
}

export interface Refusal {
  readonly code: 'access' | 'refused';
  readonly text: string;
  /** What is wrong with a field, by its name. */
  readonly errors: Readonly<Record<string, string>>;
}

/** A dossier in which a note can be written: its name, and nothing of what it holds. */
export interface DossierName {
  readonly id: string;
  readonly title: string;
}

interface Sealed {
  readonly id: string;
  readonly account: string;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}

const DATABASE = 'terreau-notes';
const IV_BYTES = 12;

export class Safe {
  readonly #database: IDBDatabase;
  #isOpen = true;

  private constructor(database: IDBDatabase) {
    this.#database = database;
    // Somebody empties the telephone in another tab.
    database.onversionchange = () => this.#close();
  }

  /** False once the telephone has been emptied: nothing can be kept any more, nor read. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  static async open(): Promise<Safe> {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore('key');
      opening.result.createObjectStore('sealed', { keyPath: 'id' });
      opening.result.createObjectStore('state');
    };
    return new Safe(await settled(opening));
  }

  /** The account whose records may be opened; null when the telephone is locked. */
  async holder(): Promise<string | null> {
    return ((await settled(this.#read('state').get('holder'))) as string | undefined) ?? null;
  }

  async unlock(account: string): Promise<void> {
    if ((await this.holder()) !== account) await this.#write('state', (store) => store.put(account, 'holder'));
  }

  async lock(): Promise<void> {
    await this.#write('state', (store) => store.delete('holder'));
  }

  /** Once this is over, the note is on the disk, closed to all but its author: it can be kept while they are locked out. */
  async keepNote(author: string, note: WaitingNote): Promise<void> {
    await this.#seal(author, `note/${note.clientId}`, note);
  }

  async dropNote(clientId: string): Promise<void> {
    const holder = await this.holder();
    await this.#write('sealed', (store) => store.delete(`${holder}/note/${clientId}`));
  }

  /** The holder's waiting notes, the oldest first. */
  async notes(): Promise<WaitingNote[]> {
    const notes = (await this.#unsealAll('note/')) as WaitingNote[];
    return notes.sort((one, other) => (one.writtenAt < other.writtenAt ? -1 : 1));
  }

  /** How many notes wait that the holder cannot read. */
  async lockedCount(): Promise<number> {
    const holder = await this.holder();
    const ids = (await settled(this.#read('sealed').getAllKeys())) as string[];
    return ids.filter((id) => id.includes('/note/') && !id.startsWith(`${holder}/`)).length;
  }

  async keepDossiers(account: string, territory: string, names: readonly DossierName[]): Promise<void> {
    await this.#seal(account, `dossiers/${territory}/`, names);
  }

  async dossiers(territory: string): Promise<DossierName[]> {
    return ((await this.#unsealAll(`dossiers/${territory}/`)) as DossierName[][])[0] ?? [];
  }

  /** Takes everything off the telephone, the notes that wait too. */
  async erase(): Promise<void> {
    this.#close();
    await settled(indexedDB.deleteDatabase(DATABASE));
  }

  #close(): void {
    this.#isOpen = false;
    this.#database.close();
  }

  async #seal(account: string, name: string, value: unknown): Promise<void> {
    const key = await this.#key(account);
    const id = `${account}/${name}`;
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
    const plain = new TextEncoder().encode(JSON.stringify(value));
    const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: bytesOf(id) }, key, plain);
    await this.#write('sealed', (store) => store.put({ id, account, iv, data } satisfies Sealed));
  }

  async #unsealAll(prefix: string): Promise<unknown[]> {
    const account = await this.holder();
    if (!account) return [];
    const range = IDBKeyRange.bound(`${account}/${prefix}`, `${account}/${prefix}\uffff`);
    const records = (await settled(this.#read('sealed').getAll(range))) as Sealed[];
    if (records.length === 0) return [];
    const key = await this.#key(account);
    return Promise.all(
      records.map(async ({ id, iv, data }) => {
        const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: bytesOf(id) }, key, data);
        return JSON.parse(new TextDecoder().decode(plain)) as unknown;
      })
    );
  }

  /** Made at the first note of the account on this telephone; never leaves the browser. */
  async #key(account: string): Promise<CryptoKey> {
    const known = (await settled(this.#read('key').get(account))) as CryptoKey | undefined;
    if (known) return known;
    const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    // Two pages at once: the first key stays.
    await this.#write('key', (store) => store.add(made, account)).catch(() => undefined);
    return (await settled(this.#read('key').get(account))) as CryptoKey;
  }

  #read(store: string): IDBObjectStore {
    return this.#database.transaction(store).objectStore(store);
  }

  #write(store: string, work: (store: IDBObjectStore) => IDBRequest): Promise<void> {
    return new Promise((resolve, reject) => {
      const transaction = this.#database.transaction(store, 'readwrite', { durability: 'strict' });
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
      work(transaction.objectStore(store));
    });
  }
}

function settled<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('failed'));
  });
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
