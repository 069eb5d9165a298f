import { chmodSync, readFileSync, writeFileSync } from "node:fs";

/**
 * Writes variables into an environment file, in the place of their former values; everything else stays as it is. Only
 * the file's owner can read it afterwards.
 *
 * @throws {Error} when the file cannot be read or written
 */
export function writeEnvFile(file: string, variables: Readonly<Record<string, string>>): void {
  try {
    const text = mergeEnv(readIfThere(file), variables);
    // In its place: it may be a link, or mounted.
    writeFileSync(file, text, { mode: 0o600 });
    chmodSync(file, 0o600);
  } catch (error) {
    throw new Error(`Cannot write ${file}: ${(error as Error).message}`, { cause: error });
  }
}

/** The text of an environment file with new values. Of a variable that stands there twice, both are replaced. */
export function mergeEnv(text: string, variables: Readonly<Record<string, string>>): string {
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  const missing = new Map(Object.entries(variables));
  const lines = text.split(/\r?\n/).map((line) => {
    const [, before = "", name = ""] = /^(\s*(?:export\s+)?)([\w.-]+)\s*=/.exec(line) ?? [];
    if (!Object.hasOwn(variables, name)) return line;
    missing.delete(name);
    return `${before}${name}=${quoted(variables[name] ?? "")}`;
  });
  while (lines.at(-1) === "") lines.pop();
  for (const [name, value] of missing) lines.push(`${name}=${quoted(value)}`);
  return `${lines.join(end)}${end}`;
}

/** Quoted only where a shell or a reader of such files would take it for something else. */
function quoted(value: string): string {
  if (/^[\w.:/@+-]*$/.test(value)) return value;
  return value.includes("'") ? JSON.stringify(value) : `'${value}'`;
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
}
