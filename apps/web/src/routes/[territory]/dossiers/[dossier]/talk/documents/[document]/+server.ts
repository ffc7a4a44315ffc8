import { findDocument } from '@terreau/features/support/find-document.query';
import { platform } from '#lib/server/platform.ts';
import { orNotFound, signedInAt } from '#lib/server/support/form.ts';
import type { RequestHandler } from './$types';

/** A private document: always downloaded, never shown as a page, kept by no cache. */
export const GET: RequestHandler = async (event) => {
  const territory = await signedInAt(event);
  const { dossier, document } = event.params;
  const request = { territoryId: territory.id, dossierId: dossier, documentId: document };
  const found = orNotFound(await findDocument(event.locals.context, (await platform()).files, request));
  return new Response(found.bytes, {
    headers: {
      'content-type': found.type === 'text/plain' ? 'text/plain; charset=utf-8' : found.type,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(found.name)}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store'
    }
  });
};
