import { applicationClasses } from "../../catalog/platform-product.ts";
import type { CommandRun } from "../command-host.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { answerList, answersTo } from "./answers.ts";
import { type OnboardingOptions, onboardingCommand, readForOnboarding } from "./onboarding.ts";

export interface AppAddOptions extends OnboardingOptions {
  readonly name?: string;
  readonly tenant?: string;
  readonly class?: string;
  readonly environments?: readonly string[];
  readonly manifests?: readonly string[];
  readonly namespace?: string;
  readonly objective?: readonly string[];
}

/** `scantling app add`: writes an Application document and says what it brings about. */
export async function appAddCommand(
  run: CommandRun,
  path: string | undefined,
  options: AppAddOptions,
): Promise<ExitCode> {
  const input = await readForOnboarding(run, path);
  if (input === undefined) return exitCode.cannot;
  const { estate } = input;
  const tenants = estate.tenants.filter(({ place }) => place !== undefined).map(({ name }) => name);
  const environments = estate.environments.map(({ name }) => name);
  const used = estate.applications.flatMap((application) => application.class ?? []);
  const classes = [...new Set([...applicationClasses.map(({ name }) => name), ...used])];
  const needed = { isRequired: true, choices: [], otherwise: undefined };
  const answers = await answersTo(run, "app add", [
    { ...needed, flag: "--name", text: "Name of the application", given: options.name },
    { ...needed, flag: "--tenant", text: "Tenant that it belongs to", choices: tenants, given: options.tenant },
    {
      ...needed,
      flag: "--class",
      text: "Class of the platform product",
      choices: classes,
      otherwise: "standard",
      given: options.class,
    },
    {
      ...needed,
      flag: "--environments",
      text: `Environments that it runs in, of ${environments.join(", ")}`,
      otherwise: environments.join(","),
      given: options.environments?.join(","),
    },
    {
      ...needed,
      flag: "--manifests",
      text: "Its manifests: a path, or default=PATH,prod=PATH",
      given: options.manifests?.join(","),
    },
    {
      ...needed,
      isRequired: false,
      flag: "--objective",
      text: "Availability of what its users do, such as 99.9%",
      otherwise: "",
      given: options.objective?.join(","),
    },
  ]);
  if (answers === undefined) return exitCode.cannot;
  return onboardingCommand(
    run,
    input,
    {
      kind: "addApplication",
      name: answers.get("--name") ?? "",
      tenant: answers.get("--tenant") ?? "",
      class: answers.get("--class") ?? "",
      environments: answerList(answers.get("--environments")),
      manifests: answerList(answers.get("--manifests")),
      namespace: options.namespace,
      objectives: answerList(answers.get("--objective")),
    },
    { ...options, paths: path === undefined ? [] : [path] },
  );
}
