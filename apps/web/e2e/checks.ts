import AxeBuilder from '@axe-core/playwright';
import { HtmlValidate } from 'html-validate';
import type { Page } from 'playwright-core';

export const PAGE_LIMIT_BYTES = 150_000;
export const LIST_SCRIPT_LIMIT_BYTES = 45_000;

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // How the framework writes what it serves, without effect on what is read.
    'no-trailing-whitespace': 'off',
    'void-style': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'doctype-style': 'off',
    'no-inline-style': 'error',
    // The mark of a page's scripts is new for each answer, as it must be.
    'require-sri': 'off',
    // French typography writes numbers with spaces that may break on a narrow phone.
    'tel-non-breaking': 'off',
    'long-title': 'off',
    // Several boxes under one question share its name.
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'submit', 'button'] }]
  }
});

/** What axe finds, one sentence each; empty when the page is clean. `only` looks at some of its rules. */
export async function accessibilityProblems(page: Page, only?: string[]): Promise<string[]> {
  // No frames here: its legacy way spares a blank page at each look.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (only ? axe.withRules(only) : axe).analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')} ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`)
  );
}

/** What html-validate finds in the served page. */
export async function markupProblems(html: string): Promise<string[]> {
  const report = await validator.validateString(html);
  return report.results.flatMap(({ messages }) =>
    messages
      .filter(({ severity }) => severity === 2)
      .map(({ line, ruleId, message }) => `line ${line}: ${ruleId}: ${message}`)
  );
}

/** What sticks out to the side, as far as the page scrolls sideways; empty when it does not. */
export function sidewaysScroll(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > room + 1)
      .slice(0, 5)
      .map(
        (element) =>
          `${element.tagName.toLowerCase()}.${element.className} reaches ${element.getBoundingClientRect().right}`
      );
  });
}

/** Pressable things smaller than 24 px (WCAG 2.2, 2.5.8), except links inside a sentence. */
export function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('a[href], button, input:not([type=hidden]), select, textarea, summary')]
      .filter((element) => {
        const { width, height } = element.getBoundingClientRect();
        const inSentence =
          element.closest('p, li, dd, h1, h2, h3, h4') !== null && getComputedStyle(element).display === 'inline';
        const hidden = width <= 1 || height <= 1 || element.closest('.visually-hidden') !== null;
        return !inSentence && !hidden && (width < 24 || height < 24);
      })
      .map((element) => `${element.tagName.toLowerCase()} "${element.textContent?.trim().slice(0, 40)}"`)
  );
}
