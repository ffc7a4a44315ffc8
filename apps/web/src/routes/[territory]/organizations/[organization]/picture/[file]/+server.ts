import { error } from '@sveltejs/kit';
import { findPicture } from '@terreau/features/directory/find-picture.query';
import { territoryAt } from '#lib/server/directory/territory-at.ts';
import { platform } from '#lib/server/platform.ts';
import type { RequestHandler } from './$types';

/** Long, because another picture has another address; not for ever, because a picture that is taken off must go. */
const KEPT_BY_READERS_SECONDS = 24 * 3600;

/** Always a WebP that we made ourselves, whatever was sent; see `encodePicture`. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const territory = await territoryAt(locals, params.territory);
  const picture = await findPicture(locals.context, (await platform()).files, {
    territoryId: territory.id,
    organizationId: params.organization,
    fileId: params.file
  });
  if (!picture) error(404);
  return new Response(picture.bytes, {
    headers: {
      'content-type': 'image/webp',
      'content-disposition': 'inline; filename="image.webp"',
      'cache-control': picture.isPublic ? `public, max-age=${KEPT_BY_READERS_SECONDS}` : 'private, no-store'
    }
  });
};
