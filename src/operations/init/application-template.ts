import { z } from "zod";

/** A form of the reference application. */
export const applicationPatterns = ["orders", "orders-actor"] as const;
export type ApplicationPattern = (typeof applicationPatterns)[number];

/** Where the application keeps its data. */
export const applicationStores = ["postgresql", "cosmos"] as const;
export type ApplicationStore = (typeof applicationStores)[number];

/** Texts of a template folder by path inside it. */
export type TemplateFiles = ReadonlyMap<string, string>;

/** Reads the templates that come with the program. */
export interface TemplateReader {
  readonly read: (template: string) => Promise<TemplateFiles>;
}

interface Form {
  /** Files, and folders with a slash at the end, that only the other form has. */
  readonly without: readonly string[];
  /** Files that take the name of another. */
  readonly renamed: Readonly<Record<string, string>>;
}

const actorFiles = {
  "README-actors.md": "README.md",
  "src/main-actors.ts": "src/main.ts",
  "test/given-commands-actors.ts": "test/given-commands.ts",
  "deploy/base/kustomization-actors.yaml": "deploy/base/kustomization.yaml",
} as const;

const forms: Readonly<Record<ApplicationPattern, Form>> = {
  orders: {
    without: [
      ...Object.keys(actorFiles),
      "src/actors/",
      "test/actors.test.ts",
      "deploy/base/peers-patch.yaml",
      "deploy/base/peers-policy.yaml",
    ],
    renamed: { gitignore: ".gitignore" },
  },
  "orders-actor": {
    without: [...Object.values(actorFiles), "src/application/optimistic-commands.ts"],
    renamed: { gitignore: ".gitignore", ...actorFiles },
  },
};

/**
 * The files of one form of the reference application, by path, sorted. The forms share domain, ports and adapters; what
 * differs is the application service, with its composition, tests and manifests.
 */
export function applicationFiles(template: TemplateFiles, pattern: ApplicationPattern): TemplateFiles {
  const { without, renamed } = forms[pattern];
  return new Map(
    [...template]
      .filter(([path]) => !isNamed(without, path))
      .map(([path, text]): [string, string] => [renamed[path] ?? path, text])
      .toSorted(([left], [right]) => (left < right ? -1 : 1)),
  );
}

/** What `overlay.json` of a template says: which template it lies over, and what of that template it does without. */
const overlaySchema = z.object({ over: z.string(), omit: z.array(z.string()) });

const overlayFile = "overlay.json";

/** The files of a template with those of another over them: a store that is not PostgreSQL. */
export function overlaid(base: TemplateFiles, overlay: TemplateFiles): TemplateFiles {
  const { omit } = overlaySchema.parse(JSON.parse(overlay.get(overlayFile) ?? ""));
  const files = new Map([...base].filter(([path]) => !isNamed(omit, path)));
  for (const [path, text] of overlay) if (path !== overlayFile) files.set(path, text);
  return files;
}

/** Whether a list names a file, or a folder (with a slash at the end) that it is in. */
function isNamed(names: readonly string[], path: string): boolean {
  return names.some((name) => path === name || (name.endsWith("/") && path.startsWith(name)));
}
