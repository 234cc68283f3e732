import { ExternalError } from "../../operations/external-error.ts";
import {
  type ApplicationPattern,
  type ApplicationStore,
  applicationFiles,
  overlaid,
} from "../../operations/init/application-template.ts";
import type { CommandRun } from "../command-host.ts";
import { note } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { counted } from "../reporters/words.ts";

export interface InitAppCommandOptions {
  readonly pattern: ApplicationPattern;
  readonly store: ApplicationStore;
  /** Folder to write to: empty or absent. */
  readonly to: string;
}

/** `scantling init app --pattern PATTERN --to FOLDER`: writes a reference application that is the user's from then on. */
export async function initAppCommand(
  run: CommandRun,
  { pattern, store, to }: InitAppCommandOptions,
): Promise<ExitCode> {
  const { templates } = run.host;
  if (templates === undefined)
    throw new ExternalError("The templates of applications cannot be read here.", { hint: "Run the command line." });
  if (pattern === "orders-actor" && store === "cosmos") {
    throw new ExternalError("The pattern orders-actor keeps its leases in PostgreSQL and is not written for cosmos.", {
      hint: "Use --pattern orders with --store cosmos.",
    });
  }
  if (!(await templates.isFreeFolder(to))) {
    throw new ExternalError(`${to} is not an empty folder; nothing was written.`, {
      hint: "Name a folder that is empty or does not exist: --to FOLDER",
    });
  }
  const base = await templates.read("orders");
  const template = store === "cosmos" ? overlaid(base, await templates.read("orders-cosmos")) : base;
  const files = applicationFiles(template, pattern);
  await run.host.writeFiles(new Map([...files].map(([path, text]) => [`${to.replace(/\/+$/, "")}/${path}`, text])), {
    overwrite: false,
  });
  for (const [folder, count] of countByFolder([...files.keys()])) {
    run.host.stdout.write(`${folder.padEnd(10)} ${counted(count, "file").padStart(9)}  ${purposes[folder] ?? ""}\n`);
  }
  note(run, nextSteps(to, files.size, `pattern ${pattern}, store ${store}`));
  return exitCode.clean;
}

const purposes: Readonly<Record<string, string>> = {
  ".": "README, package and lock file, Dockerfile",
  deploy: "Kubernetes manifests: autoscaling, canary, network policies",
  estate: "what it stands on, as Scantling documents",
  slo: "service level objective",
  src: "domain, ports, application, adapters",
  test: "tests, with the store inside the process",
};

/** Files by first folder; `.` for those in none. */
function countByFolder(paths: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const path of paths) {
    const folder = path.includes("/") ? (path.split("/")[0] ?? ".") : ".";
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return counts;
}

function nextSteps(folder: string, files: number, form: string): string {
  return `Wrote ${counted(files, "file")} (${form}). Next:
  cd ${folder}
  npm ci && npm test    tests; the store runs inside the process
  npm start             http://localhost:8080; the README says how to name a real store
  scantling audit .     what the manifests do not follow`;
}
