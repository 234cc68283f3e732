import { access } from "node:fs/promises";
import { dirname, join, relative } from "node:path";

const estateFile = "estate.yaml";

/** The nearest folder, from `start` upward, that holds an `estate.yaml`; as a path relative to `start`. */
export async function findEstateFolder(start: string): Promise<string | undefined> {
  for (let folder = start; ; folder = dirname(folder)) {
    try {
      await access(join(folder, estateFile));
      return relative(start, folder) || ".";
    } catch {
      if (dirname(folder) === folder) return undefined;
    }
  }
}
