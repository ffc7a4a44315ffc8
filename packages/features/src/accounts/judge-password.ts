import { createHash } from 'node:crypto';
import { refuse, type Verdict } from '@terreau/kernel/verdict';
import { checkPassword, type PasswordRefusal, type PasswordSurroundings } from './password.rules.ts';

export type ChosenPasswordRefusal = PasswordRefusal | 'password-leaked';

const RANGE_ANSWER_MILLISECONDS = 2_000;

/**
 * Whether a password may be chosen: the rules first, then, if the deployment allows the question, whether it is known
 * from a leak. Only the first five characters of its SHA-1 leave the machine. No answer in time is no reason to refuse.
 */
export async function judgePassword(
  password: string,
  surroundings: PasswordSurroundings,
  rangeUrl: string | null
): Promise<Verdict<string, ChosenPasswordRefusal>> {
  const verdict = checkPassword(password, surroundings);
  if (!verdict.ok || rangeUrl === null) return verdict;
  return (await isLeaked(password, rangeUrl)) ? refuse('password-leaked') : verdict;
}

async function isLeaked(password: string, rangeUrl: string): Promise<boolean> {
  const digest = createHash('sha1').update(password).digest('hex').toUpperCase();
  try {
    const answer = await fetch(`${rangeUrl.replace(/\/$/, '')}/${digest.slice(0, 5)}`, {
      headers: { 'add-padding': 'true' },
      signal: AbortSignal.timeout(RANGE_ANSWER_MILLISECONDS)
    });
    if (!answer.ok) return false;
    const lines = (await answer.text()).split(/\r?\n/);
    // Padding lines have a count of 0.
    return lines.some((line) => line.startsWith(`${digest.slice(5)}:`) && !line.endsWith(':0'));
  } catch {
    return false;
  }
}
