const alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz123456789";

/** Random text of letters and digits that cannot be mistaken for one another; 24 of them cannot be guessed. */
export function randomId(length = 24): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join("");
}

/** Accounts that a sandbox plays: test accounts, and one production account. */
export const accountIdPattern = /^(T\d{8}|P00000000)$/;
