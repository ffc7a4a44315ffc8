import { m } from '#texts/messages.js';

/** Typing stops this long before it is kept: a word, not a letter. */
const PAUSE_MILLISECONDS = 1200;
/** A form that is sent waits no longer than this for a saving that is under way. */
const PATIENCE_MILLISECONDS = 4000;

/** Keeps what is typed in a form while it is typed, one saving at a time. Without script a button does the same. */
export class DraftKeeper {
  code = $state<string | null>(null);
  line = $state('');
  readonly #address: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> | undefined;
  #isBehind = false;

  constructor(address: string, code: string | null) {
    this.#address = address;
    this.code = code;
  }

  /** What was typed before the scripts were in place, or came back with the page, is kept as well. */
  opened(form: HTMLFormElement, known: Readonly<Record<string, string>>): void {
    const fields = form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('textarea, input');
    const isNew = (field: HTMLInputElement | HTMLTextAreaElement) =>
      !['radio', 'checkbox', 'hidden'].includes(field.type) && field.value !== (known[field.name] ?? '');
    if ([...fields].some(isNew)) this.typed(form);
  }

  typed(form: HTMLFormElement): void {
    this.stop();
    this.#timer = setTimeout(() => void this.save(form), PAUSE_MILLISECONDS);
  }

  /** The page goes out of sight, perhaps for good: what is waiting is kept now. */
  left(form: HTMLFormElement): void {
    if (this.#timer !== undefined) void this.save(form);
  }

  /**
   * The form is sent: nothing is kept from here on. A saving that is under way ends first, since it says under which
   * code: what would arrive after the sending would be a second draft, and take the place of the code to be shown.
   */
  async sent(event: SubmitEvent, form: HTMLFormElement): Promise<void> {
    this.stop();
    this.#isBehind = false;
    if (!this.#saving) return;
    event.preventDefault();
    await Promise.race([this.#saving, new Promise((done) => setTimeout(done, PATIENCE_MILLISECONDS))]);
    this.#saving = undefined;
    form.requestSubmit(event.submitter);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async save(form: HTMLFormElement): Promise<void> {
    this.stop();
    if (this.#saving) this.#isBehind = true;
    else this.#saving = this.#saveUntilUpToDate(form);
    await this.#saving;
  }

  async #saveUntilUpToDate(form: HTMLFormElement): Promise<void> {
    do {
      this.#isBehind = false;
      try {
        const answer = await fetch(this.#address, { method: 'PUT', body: wordsOf(form), keepalive: true });
        if (answer.ok) this.#kept(((await answer.json()) as { code: string }).code);
        else this.line = m.door_not_kept();
      } catch {
        this.line = m.door_not_kept();
      }
    } while (this.#isBehind);
    this.#saving = undefined;
  }

  #kept(code: string): void {
    this.code = code;
    this.line = m.door_kept_now();
  }
}

/** The typed words alone: a recording goes its own way. */
function wordsOf(form: HTMLFormElement): URLSearchParams {
  const words = [...new FormData(form)].filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return new URLSearchParams(words);
}
