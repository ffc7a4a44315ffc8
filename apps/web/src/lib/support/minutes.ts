/** The usual durations, in minutes: one tap each. */
export const MINUTES_CHIPS = [15, 30, 45, 60, 75, 90] as const;
