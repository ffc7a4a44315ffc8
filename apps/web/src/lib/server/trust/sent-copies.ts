import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Id } from '@terreau/kernel/ids';

/** Removes the copies on disk of messages that no longer exist: where no mail server is set, each message is a file. */
export async function removeSentCopies(dataFolder: string, ids: readonly Id[]): Promise<void> {
  for (const id of ids) {
    for (const channel of ['mail', 'sms']) await rm(join(dataFolder, 'sent', channel, `${id}.eml`), { force: true });
  }
}
