/** Whether a value can stand in a path as an id: 1 to 256 of `A-Z a-z 0-9 . _ -`, and neither `.` nor `..`. */
export function isId(value: unknown): value is string {
  return typeof value === "string" && /^[\w.-]{1,256}$/.test(value) && value !== "." && value !== "..";
}

/** Whether a value is an account id: `T` (test) or `P` (production, real money) and 8 digits. */
export function isAccountId(value: unknown): value is string {
  return typeof value === "string" && /^[TP]\d{8}$/.test(value);
}

/** Whether no real money moves in the account, or in the account of a session or transaction id. */
export function isTestId(id: string): boolean {
  return id.startsWith("T");
}

/** The account of a session or transaction id: `T12345678` of `T12345678.abc`; `""` when the id names none. */
export function accountOf(id: string): string {
  return id.slice(0, Math.max(0, id.indexOf(".")));
}
