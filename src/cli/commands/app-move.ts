import type { MovedApplication } from "../../operations/onboarding/onboarding-request.ts";
import type { CommandRun } from "../command-host.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { answerList, answersTo } from "./answers.ts";
import { type OnboardingOptions, onboardingCommand, readForOnboarding } from "./onboarding.ts";

export interface AppMoveOptions extends OnboardingOptions {
  readonly tenant?: string;
  readonly cluster?: readonly string[];
  readonly environment?: string;
}

/** `scantling app move`: edits an Application document and says what it brings about. */
export async function appMoveCommand(
  run: CommandRun,
  application: string,
  path: string | undefined,
  options: AppMoveOptions,
): Promise<ExitCode> {
  const { tenant, cluster, environment } = options;
  if (tenant !== undefined && (cluster !== undefined || environment !== undefined)) {
    run.host.stderr.write(
      "An application moves to another tenant or to other clusters, one at a time.\n  hint: run it twice, first with --tenant, then with --cluster and --environment\n",
    );
    return exitCode.cannot;
  }
  const input = await readForOnboarding(run, path);
  if (input === undefined) return exitCode.cannot;
  const request = await requestOf(run, application, options, {
    tenants: input.estate.tenants.filter(({ place }) => place !== undefined).map(({ name }) => name),
    environments: input.estate.environments.map(({ name }) => name),
  });
  return request === undefined
    ? exitCode.cannot
    : onboardingCommand(run, input, request, { ...options, paths: path === undefined ? [] : [path] });
}

async function requestOf(
  run: CommandRun,
  application: string,
  { tenant, cluster, environment }: AppMoveOptions,
  known: { readonly tenants: readonly string[]; readonly environments: readonly string[] },
): Promise<MovedApplication | undefined> {
  const needed = { isRequired: true, choices: [], otherwise: undefined };
  if (cluster === undefined && environment === undefined) {
    const flag = "--tenant, or --cluster and --environment";
    const question = { ...needed, flag, text: "Tenant that it goes to", choices: known.tenants, given: tenant };
    const answer = (await answersTo(run, "app move", [question]))?.get(flag);
    return answer === undefined ? undefined : { kind: "moveToTenant", application, tenant: answer };
  }
  const answers = await answersTo(run, "app move", [
    {
      ...needed,
      flag: "--environment",
      text: "Environment that moves",
      choices: known.environments,
      given: environment,
    },
    { ...needed, flag: "--cluster", text: "Clusters that it runs on from now on", given: cluster?.join(",") },
  ]);
  const clusters = answers?.get("--cluster");
  const moved = answers?.get("--environment");
  if (clusters === undefined || moved === undefined) return undefined;
  return {
    kind: "moveToClusters",
    application,
    clusters: answerList(clusters),
    environment: moved,
  };
}
