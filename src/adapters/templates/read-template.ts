import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { TemplateFiles, TemplateReader } from "../../operations/init/application-template.ts";

const templatesFolder = join(import.meta.dirname, "../../../templates");

/** Templates in the folder beside the program. What their own tests leave behind is no part of them. */
export const templateReader: TemplateReader = {
  read: async (template): Promise<TemplateFiles> => {
    const root = join(templatesFolder, template);
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(root.length + 1)
          .replaceAll("\\", "/"),
      )
      .filter((path) => !path.split("/").includes("node_modules"));
    return new Map(
      await Promise.all(
        paths.map(async (path): Promise<[string, string]> => [path, await readFile(join(root, path), "utf8")]),
      ),
    );
  },
};
