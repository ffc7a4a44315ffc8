import type { Context } from '@terreau/database/context';
import type { SignedInAccount } from '@terreau/features/accounts/find-signed-in.query';
import type { Language } from '#lib/languages.ts';
import type { Theme } from '#lib/server/theme.ts';

declare global {
  namespace App {
    interface Locals {
      language: Language;
      theme: Theme;
      /** Ties the journal to the logs. */
      requestId: string;
      /** Who asks, when, in which language, on which database. */
      context: Context;
      /** The signed-in account, if any. */
      account: SignedInAccount | null;
    }
    interface PageData {
      /** What the header and the footer say around a page: any layout's load may return it. */
      house?: {
        home?: string;
        /** The territory being visited. */
        place?: string;
        links?: { href: string; label: string }[];
        account?: { href: string; label: string } | null;
        /** Where a human answers. */
        contact?: string;
      };
    }
    interface Error {
      status: number;
      message: string;
      /** The number of a failure, to quote when asking for help. */
      id?: string;
    }
  }
}

export {};
