/** A form of the reference application. */
export const applicationPatterns = ["orders", "orders-actor"] as const;
export type ApplicationPattern = (typeof applicationPatterns)[number];

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
  const isLeftOut = (path: string): boolean =>
    without.some((name) => path === name || (name.endsWith("/") && path.startsWith(name)));
  return new Map(
    [...template]
      .filter(([path]) => !isLeftOut(path))
      .map(([path, text]): [string, string] => [renamed[path] ?? path, text])
      .toSorted(([left], [right]) => (left < right ? -1 : 1)),
  );
}
