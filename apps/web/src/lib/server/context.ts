import { VISITOR } from '@terreau/database/context';
import { newId } from '@terreau/kernel/ids';
import type { Handle } from '@sveltejs/kit/hooks';
import { platform } from './platform.ts';

/** Says to everything below who asks, when, in which language, on which database. */
export const introduceActor: Handle = async ({ event, resolve }) => {
  const { engine } = await platform();
  event.locals.account = null;
  event.locals.context = {
    engine,
    actor: VISITOR,
    now: new Date(),
    language: event.locals.language,
    requestId: newId()
  };
  return resolve(event);
};
