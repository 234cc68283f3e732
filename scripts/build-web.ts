import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";

/** Folders whose files end up in the page: the page's own and the engines that it runs. */
const inputs = ["web", "src"];
const ignored = new Set(["node_modules", "dist", "testdata", ".vite"]);

/** Builds the page into `web/dist` when it is missing or older than any of its inputs. */
export async function buildWebIfStale(root: string): Promise<void> {
  const built = modifiedAt(join(root, "web/dist/index.html"));
  if (built >= Math.max(...inputs.map((folder) => newestIn(join(root, folder))))) return;
  process.stderr.write("Building the web page (once)\n");
  const { NODE_ENV: environment } = process.env;
  // A test runner sets its own, with which the page would be React's slow form for development.
  process.env["NODE_ENV"] = "production";
  try {
    await build({ root: join(root, "web"), logLevel: "error" });
  } finally {
    if (environment === undefined) delete process.env["NODE_ENV"];
    else process.env["NODE_ENV"] = environment;
  }
}

function newestIn(folder: string): number {
  return Math.max(
    0,
    ...readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !ignored.has(entry.name))
      .map((entry) =>
        entry.isDirectory() ? newestIn(join(folder, entry.name)) : modifiedAt(join(folder, entry.name)),
      ),
  );
}

function modifiedAt(path: string): number {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

if (import.meta.main) await buildWebIfStale(join(import.meta.dirname, ".."));
