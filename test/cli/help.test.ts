// `--help` lists the options of the commands.
import { describe, expect, test } from "vitest";
import { doctorFlags } from "../../src/cli/doctor.ts";
import { help } from "../../src/cli/help.ts";
import packageJson from "../../package.json" with { type: "json" };
import { main } from "../../src/cli/main.ts";
import { sandboxFlags } from "../../src/cli/sandbox.ts";

const commands = { sandbox: sandboxFlags, doctor: doctorFlags };

test.each([[["--version"]], [["sandbox", "--version"]]])(
  "%j prints the version of the package",
  async (args) => {
    const lines: unknown[] = [];
    const log = (line: unknown) => lines.push(line);
    expect(await main(args, { log, error: log })).toBe(0);
    expect(lines).toEqual([packageJson.version]);
  },
);

describe.each(Object.entries(commands))("%s --help", (name, flags) => {
  const text = help[name as keyof typeof commands];

  test("lists every flag, and no other", () => {
    const listed = [...text.matchAll(/^ {2}(?:-\w, )?--([\w-]+)/gm)].map(([, flag]) => flag);
    expect(listed.sort()).toEqual(
      [...Object.keys(flags), "help", ...(name === "sandbox" ? ["version"] : [])].sort(),
    );
  });

  test("fits a terminal, and ends with an example", () => {
    for (const line of text.split("\n")) expect(line.length, line).toBeLessThanOrEqual(120);
    expect(text).toMatch(/Example:\n {2}npx dintero-checkout-element \w+/);
  });
});

test("the overview lists every command", () => {
  for (const name of Object.keys(commands)) expect(help.overview).toMatch(new RegExp(`^  ${name} `, "m"));
});

describe("the command", () => {
  async function run(args: readonly string[]) {
    const output: Record<"log" | "error", string[]> = { log: [], error: [] };
    const status = await main(args, {
      log: (text: string) => void output.log.push(text),
      error: (text: string) => void output.error.push(text),
    });
    return { status, stdout: output.log.join("\n"), stderr: output.error.join("\n") };
  }

  test.each([
    [["--help"], help.overview],
    [["help"], help.overview],
    [["help", "doctor"], help.doctor],
    [["doctor", "-h"], help.doctor],
    [["sandbox", "--port", "0", "--help"], help.sandbox],
  ])("%j prints help on standard output and exits with 0", async (args, text) => {
    expect(await run(args)).toEqual({ status: 0, stdout: text, stderr: "" });
  });

  test.each([
    [[], help.overview],
    [["doktor"], `Unknown command: doktor\n\n${help.overview}`],
    [["doctor", "--url", "shop.example"], help.doctor],
    [["sandbox", "--prot", "1"], help.sandbox],
  ])("%j prints help on standard error and exits with 2", async (args, text) => {
    const { status, stdout, stderr } = await run(args);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(text);
  });
});
