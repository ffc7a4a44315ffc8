/** 2^-53: half the gap between one and the next double. */
export const U = 2 ** -53;
