import { supportsEndpoint } from '#lib/server/api/endpoints.ts';

export const { GET, OPTIONS, fallback } = supportsEndpoint;
