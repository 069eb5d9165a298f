const alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz123456789";

/** Random text of letters and digits that cannot be mistaken for one another; 24 of them cannot be guessed. */
export function randomId(length = 24): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join("");
}

/** The test account, or a real-looking `T` account, or the one production account a sandbox may play. */
export const accountIdPattern = /^(T\d{8}|P00000000)$/;

/** Ids of sessions and transactions begin with their account. */
export const accountOf = (id: string): string => id.slice(0, id.indexOf("."));
