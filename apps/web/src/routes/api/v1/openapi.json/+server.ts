import { openEndpoint } from '#lib/server/api/endpoint.ts';
import { openApiDocument } from '#lib/server/api/openapi.ts';
import { noQuery } from '#lib/server/api/schemas.ts';

let written: ReturnType<typeof openApiDocument> | undefined;

/** The interface described for programs: OpenAPI 3.1. */
export const { GET, OPTIONS, fallback } = openEndpoint({
  query: noQuery,
  answer: () => ({ body: (written ??= openApiDocument()) })
});
