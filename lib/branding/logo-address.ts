const pattern = /^\/v1\/checkout\/logos\/mer_[0-9a-z]{8}\/([0-9a-f]{64})$/;

/** Where everybody can fetch a logo; it never changes what it shows. */
export function logoAddress(merchantId: string, id: string): string {
  return `/v1/checkout/logos/${merchantId}/${id}`;
}

/** The id of the kept picture that a logo's address names; undefined when it is another kind of address. */
export function logoIdIn(address: string | undefined): string | undefined {
  return pattern.exec(address ?? "")?.[1];
}
