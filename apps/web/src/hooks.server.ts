import { sequence } from '@sveltejs/kit/hooks';
import { reportBug } from '#lib/server/bugs.ts';
import { compress } from '#lib/server/compression.ts';
import { introduceActor } from '#lib/server/context.ts';
import { measure } from '#lib/server/measure.ts';
import { chooseLanguage } from '#lib/server/language.ts';
import { addSecurityHeaders } from '#lib/server/security-headers.ts';
import { chooseTheme } from '#lib/server/theme.ts';
import { checkWriteOrigin } from '#lib/server/write-origin.ts';

// Order matters: what stands first wraps what follows; who is asking is
// found out last, after the origin check.
export const handle = sequence(
  measure,
  compress,
  addSecurityHeaders,
  chooseLanguage,
  chooseTheme,
  checkWriteOrigin,
  introduceActor
);

export const handleError = reportBug;
