import { ExternalError } from "../../operations/external-error.ts";
import { type ApplicationPattern, applicationFiles } from "../../operations/init/application-template.ts";
import type { CommandRun } from "../command-host.ts";
import { note } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { counted } from "../reporters/words.ts";

export interface InitAppCommandOptions {
  readonly pattern: ApplicationPattern;
  /** Folder to write to: empty or absent. */
  readonly to: string;
}

/** `scantling init app --pattern PATTERN --to FOLDER`: writes a reference application that is the user's from then on. */
export async function initAppCommand(run: CommandRun, { pattern, to }: InitAppCommandOptions): Promise<ExitCode> {
  const { templates } = run.host;
  if (templates === undefined)
    throw new ExternalError("The templates of applications cannot be read here.", { hint: "Run the command line." });
  if (!(await templates.isFreeFolder(to))) {
    throw new ExternalError(`${to} is not an empty folder; nothing was written.`, {
      hint: "Name a folder that is empty or does not exist: --to FOLDER",
    });
  }
  const files = applicationFiles(await templates.read("orders"), pattern);
  await run.host.writeFiles(new Map([...files].map(([path, text]) => [`${to.replace(/\/+$/, "")}/${path}`, text])), {
    overwrite: false,
  });
  for (const [folder, count] of countByFolder([...files.keys()])) {
    run.host.stdout.write(`${folder.padEnd(10)} ${counted(count, "file").padStart(9)}  ${purposes[folder] ?? ""}\n`);
  }
  note(run, nextSteps(to, files.size, pattern));
  return exitCode.clean;
}

const purposes: Readonly<Record<string, string>> = {
  ".": "README, package and lock file, Dockerfile",
  deploy: "Kubernetes manifests: autoscaling, canary, network policies",
  estate: "what it stands on, as Scantling documents",
  slo: "service level objective",
  src: "domain, ports, application, adapters",
  test: "tests on PostgreSQL inside the process",
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

function nextSteps(folder: string, files: number, pattern: ApplicationPattern): string {
  return `Wrote ${counted(files, "file")} (pattern ${pattern}). Next:
  cd ${folder}
  npm ci && npm test    tests, with PostgreSQL inside the process
  npm start             http://localhost:8080; DATABASE_URL names a server
  scantling audit .     what the manifests do not follow`;
}
