import { readdir } from "node:fs/promises";

/** Whether something new may be written there: an empty folder, or a path that does not exist. */
export async function isFreeFolder(path: string): Promise<boolean> {
  try {
    return (await readdir(path)).length === 0;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ENOENT";
  }
}
