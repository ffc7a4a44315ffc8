import { needsEndpoint } from '#lib/server/api/endpoints.ts';

export const { GET, OPTIONS, fallback } = needsEndpoint;
