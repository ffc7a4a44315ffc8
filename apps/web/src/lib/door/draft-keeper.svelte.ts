import { m } from '#texts/messages.js';

/** Typing stops this long before it is kept: a word, not a letter. */
const PAUSE_MILLISECONDS = 1200;

/** Keeps what is typed in a form while it is typed, one saving at a time. Without script a button does the same. */
export class DraftKeeper {
  code = $state<string | null>(null);
  line = $state('');
  readonly #address: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isBusy = false;
  #isBehind = false;

  constructor(address: string, code: string | null) {
    this.#address = address;
    this.code = code;
  }

  typed(form: HTMLFormElement): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.save(form), PAUSE_MILLISECONDS);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async save(form: HTMLFormElement): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#isBusy) {
      this.#isBehind = true;
      return;
    }
    this.#isBusy = true;
    try {
      const answer = await fetch(this.#address, { method: 'PUT', body: wordsOf(form), keepalive: true });
      if (answer.ok) this.kept(((await answer.json()) as { code: string }).code);
      else this.line = m.door_not_kept();
    } catch {
      this.line = m.door_not_kept();
    } finally {
      this.#isBusy = false;
      if (this.#isBehind) {
        this.#isBehind = false;
        await this.save(form);
      }
    }
  }

  kept(code: string): void {
    this.code = code;
    this.line = m.door_kept_now();
  }
}

/** The typed words alone: a recording goes its own way. */
function wordsOf(form: HTMLFormElement): URLSearchParams {
  const words = [...new FormData(form)].filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return new URLSearchParams(words);
}
