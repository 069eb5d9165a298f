/** What a check came to. `fix` says what to do. */
export interface Finding {
  readonly name: string;
  readonly status: "ok" | "wrong" | "skipped";
  readonly message: string;
  readonly fix?: string;
}

export const ok = (name: string, message: string): Finding => ({ name, status: "ok", message });

export const wrong = (name: string, message: string, fix: string): Finding => ({
  name,
  status: "wrong",
  message,
  fix,
});

export const skipped = (name: string, message: string): Finding => ({ name, status: "skipped", message });

const marks = { ok: "✔", wrong: "✘", skipped: "–" };

/** A check is one line. */
export function line({ name, status, message, fix }: Finding): string {
  return `${marks[status]} ${name}: ${message}${fix ? `. ${fix}` : ""}`;
}

export function closing(findings: readonly Finding[]): string {
  const count = (status: Finding["status"]) => findings.filter((finding) => finding.status === status).length;
  const bad = count("wrong");
  const untried = count("skipped") ? `, ${count("skipped")} not tried` : "";
  if (bad) return `${bad} of ${findings.length} checks ${bad === 1 ? "needs" : "need"} attention${untried}.`;
  return `All ${count("ok")} checks are well${untried}.`;
}
