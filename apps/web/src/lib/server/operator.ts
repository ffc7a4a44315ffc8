/** Who runs this installation, from its settings; null what it has not said. */
export interface Operator {
  name: string | null;
  address: string | null;
  phone: string | null;
  email: string | null;
  host: string | null;
}

/** Reads `TERREAU_OPERATOR_NAME`, `…_ADDRESS`, `…_PHONE`, `…_EMAIL` and `TERREAU_HOST_NAME`. */
export function operator(): Operator {
  const setting = (name: string) => process.env[name]?.trim() || null;
  return {
    name: setting('TERREAU_OPERATOR_NAME'),
    address: setting('TERREAU_OPERATOR_ADDRESS'),
    phone: setting('TERREAU_OPERATOR_PHONE'),
    email: setting('TERREAU_OPERATOR_EMAIL'),
    host: setting('TERREAU_HOST_NAME')
  };
}
