import type { Context } from '../../packages/database/src/context.ts';
import type { Platform } from '../../apps/web/src/lib/server/platform.ts';

/** One verb of the operator's command line. It prints its answer; its number is the process's exit code. */
export interface OperatorCommand {
  /** How to call it, after `npm run terreau -- `. */
  readonly usage: string;
  readonly summary: string;
  /** `context` acts as the operator: the platform itself. Throws BadUse for arguments that make no sense. */
  run(args: readonly string[], platform: Platform, context: Context): Promise<number>;
}

/** Arguments that make no sense: said in one line with the command's usage; exit code 2. */
export class BadUse extends Error {}
