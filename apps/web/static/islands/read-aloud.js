/*
 * Reads aloud, with the device's own voice, what is inside the element that a button names. Sent only to the pages that
 * hold such a button, which stays hidden where the device has no voice.
 */
const BLOCKS = 'h1, h2, h3, h4, p, li, dt, dd, caption, th, td';

if ('speechSynthesis' in globalThis) {
  for (const button of document.querySelectorAll('button[data-read-aloud]')) offer(button);
  globalThis.addEventListener('pagehide', () => speechSynthesis.cancel());
}

function offer(button) {
  const words = button.querySelector('[data-words]');
  const silentWords = words.textContent;
  const show = (isReading) => {
    button.setAttribute('aria-pressed', String(isReading));
    words.textContent = isReading ? button.dataset.stop : silentWords;
  };
  button.addEventListener('click', () => {
    speechSynthesis.cancel();
    const wasReading = button.getAttribute('aria-pressed') === 'true';
    const texts = wasReading ? [] : textsIn(button.dataset.readAloud);
    show(texts.length > 0);
    texts.forEach((text, index) => speak(text, button, index === texts.length - 1 ? () => show(false) : null, show));
  });
  button.hidden = false;
}

/** Paragraph by paragraph: some voices stop in the middle of a long text. */
function speak(text, button, whenOver, show) {
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.lang = button.dataset.voice;
  if (whenOver) utterance.onend = whenOver;
  utterance.onerror = () => show(false);
  speechSynthesis.speak(utterance);
}

function textsIn(id) {
  const blocks = document.getElementById(id)?.querySelectorAll(BLOCKS) ?? [];
  return [...blocks].map((block) => block.innerText.trim()).filter((text) => text !== '');
}
