import { offersEndpoint } from '#lib/server/api/endpoints.ts';

export const { GET, OPTIONS, fallback } = offersEndpoint;
