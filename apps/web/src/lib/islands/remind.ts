import { findUnfitWords } from '@terreau/features/support/unfit-words.rules';

/*
 * Beside each free text of the page, a quiet reminder when what is typed may not belong there. It is read here and goes
 * nowhere; nothing is refused. `[data-remind]` holds the sentence, and in `data-remind-words` what says the words found.
 */
const PAUSE_MILLISECONDS = 400;

const said = document.querySelector<HTMLElement>('[data-remind]')?.dataset ?? {};
for (const field of document.querySelectorAll<HTMLTextAreaElement>('main textarea')) watch(field, said);

function watch(field: HTMLTextAreaElement, { remind = '', remindWords = '' }: DOMStringMap): void {
  const place = document.createElement('p');
  place.className = 'remind';
  place.setAttribute('aria-live', 'polite');
  field.after(place);
  let pause: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    const found = [...new Set(findUnfitWords(field.value).map(({ words }) => words))];
    const text = found.length > 0 ? `${remind} ${remindWords.replace('{words}', found.join(', '))}` : '';
    // Said once, and again only when it changes.
    if (place.textContent !== text) place.textContent = text;
  };
  field.addEventListener('input', () => {
    clearTimeout(pause);
    pause = setTimeout(look, PAUSE_MILLISECONDS);
  });
  look();
}
