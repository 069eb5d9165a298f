// The permissions of the workflows: a release is published from a tested tarball, by a job that runs no code of ours.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { root } from "./blocks.ts";

const folder = `${root}.github/workflows/`;
const workflows = readdirSync(folder).map((file) => [file, readFileSync(folder + file, "utf8")] as const);
const release = readFileSync(`${folder}release.yml`, "utf8");

/** The text of each job, by its name. */
function jobsOf(workflow: string): Map<string, string> {
  const text = workflow.replace(/^ *#.*\n/gm, "");
  const jobs = text.slice(text.indexOf("\njobs:\n") + 7).split(/^ {2}(?=[\w-]+:$)/m);
  return new Map(jobs.filter(Boolean).map((job) => [/^[\w-]*/.exec(job)![0], job]));
}

describe.each(workflows)("%s", (_, workflow) => {
  test("pins every action by its commit, with the version as a comment", () => {
    const actions = [...workflow.matchAll(/uses: (?!\.\/)(.*)/g)].map(([, action]) => action);
    expect(actions.length).toBeGreaterThan(0);
    for (const action of actions) expect(action).toMatch(/^[\w-]+\/[\w-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test("checks out without leaving credentials behind", () => {
    for (const [step] of workflow.matchAll(/uses: actions\/checkout[^]*?(?=\n +- |$)/g)) {
      expect(step).toContain("persist-credentials: false");
    }
  });
});

describe("release.yml", () => {
  const jobs = jobsOf(release);
  const publish = jobs.get("publish") ?? "";

  test("grants nothing by default, and `id-token: write` to one job", () => {
    expect(release).toContain("\npermissions: {}\n");
    const allowed = [...jobs].filter(([, job]) => job.includes("id-token: write"));
    expect(allowed.map(([name]) => name)).toEqual(["publish"]);
    expect(publish.match(/permissions:\n((?: {6}.*\n)+)/)?.[1]).toBe("      id-token: write\n");
  });

  test("publishes only what was tested and packed", () => {
    expect(publish).toContain("needs: pack");
    expect(jobs.get("pack")).toContain("needs: test");
    expect(jobs.get("test")).toContain("uses: ./.github/workflows/test.yml");
    for (const name of ["test", "pack"]) expect(jobs.get(name)).not.toMatch(/: write/);
  });

  test("runs no development tool where it may publish", () => {
    const commands = [...publish.matchAll(/- run: (.*)/g)].map(([, command]) => command);
    expect(commands).toEqual(["npm publish ./*.tgz --provenance --access public --ignore-scripts"]);
    const actions = [...publish.matchAll(/uses: ([\w/-]+)/g)].map(([, action]) => action);
    expect(actions).toEqual(["actions/setup-node", "actions/download-artifact"]);
  });

  test("runs no dependency, and no script of the repository, where it may write", () => {
    const writing = [...jobs].filter(([, job]) => /: write\n/.test(job));
    expect(writing.map(([name]) => name)).toEqual(["propose", "publish", "tag"]);
    for (const [name, job] of writing) {
      expect(job, name).not.toMatch(/npm (ci|install|run|exec)|npx|node [^-]|changesets\/action/);
      expect(job, name).not.toMatch(/uses: (?!actions\/)/);
    }
  });

  test("lets a version change its own files only", () => {
    const included = [...(jobs.get("propose") ?? "").matchAll(/--include='([^']+)'/g)].map(
      ([, path]) => path,
    );
    expect(included).toEqual([
      ".changeset/*",
      "CHANGELOG.md",
      "README.md",
      "package.json",
      "package-lock.json",
    ]);
  });
});
