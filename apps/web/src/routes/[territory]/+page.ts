/** Nothing moves on this page: no script is sent. */
export const csr = false;
