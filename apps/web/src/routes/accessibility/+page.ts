/** Nothing moves on this page but its island. */
export const csr = false;
