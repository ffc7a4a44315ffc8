import { doorOf } from '#lib/doors.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => ({ door: doorOf(url) });
