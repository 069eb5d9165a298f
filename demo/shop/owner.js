// @ts-check
import { mkdir, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

/**
 * Makes sure that one shop at a time writes into a folder: two would overwrite each other's orders.
 *
 * @param {string} folder
 * @returns {Promise<() => Promise<void>>} gives the folder back
 */
export async function own(folder) {
  const file = join(folder, "running.pid");
  await mkdir(folder, { recursive: true });
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const handle = await open(file, "wx");
      await handle.writeFile(String(process.pid));
      await handle.close();
      return () => rm(file, { force: true });
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
      const pid = Number(await readFile(file, "utf8").catch(() => ""));
      if (isRunning(pid)) {
        throw new Error(
          `The shop is running already (process ${pid}). Stop it, or give this one a folder of its own: DATA_FOLDER.`,
          { cause: error },
        );
      }
      // Left behind by a shop that did not end in peace.
      await rm(file, { force: true });
    }
  }
  throw new Error(`${file} cannot be made.`);
}

/** @param {number} pid */
function isRunning(pid) {
  // In a container every shop has the same number: then it is our own, from before the restart.
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
