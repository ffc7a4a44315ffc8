import { findUnfitWords } from '@terreau/features/support/unfit-words.rules';

/*
 * Beside each field of a `form[data-remind]`, a quiet reminder when what is typed may not belong in a note. It is read
 * here and goes nowhere; nothing is refused. `data-remind` is the sentence, `data-remind-words` says the words found.
 */
const PAUSE_MILLISECONDS = 400;

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-remind]')) {
  for (const field of form.querySelectorAll<HTMLTextAreaElement>('textarea')) watch(field, form.dataset);
}

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
