import { type Command, Option } from "commander";
import type { AppAddOptions } from "../commands/app-add.ts";
import type { AppMoveOptions } from "../commands/app-move.ts";
import type { CommandLine } from "./command-line.ts";
import { withOnboarding } from "./onboarding-options.ts";
import { parseList } from "./option-values.ts";

/** `scantling app` and what belongs to it. */
export function declareApp({ program, run, onExit }: CommandLine): void {
  const group = program
    .command("app")
    .summary("applications that join or move: documents written, consequences shown")
    .description("Applications that join an estate or move in it, by themselves.");
  declareAdd({ program: group, run, onExit });
  declareMove({ program: group, run, onExit });
}

function declareAdd({ program, run, onExit }: CommandLine): void {
  withOnboarding(
    program
      .command("add")
      .summary("an application joins")
      .description(
        "Writes the Application document where the estate keeps its own, after loading the estate that would result, with the manifests of the application: contradictions are errors, and nothing is written. On a terminal it asks for what is missing.",
      )
      .option("--name <name>", "name of the application")
      .option("--tenant <tenant>", "tenant that it belongs to")
      .option(
        "--class <class>",
        "class of the platform product: standard, confidential, sandbox, or one of the estate's",
      )
      .addOption(new Option("--environments <names>", "environments that it runs in").argParser(parseList))
      .addOption(
        new Option(
          "--manifests <paths>",
          "folder, file or chart, for all environments or as default=PATH,prod=PATH; as seen from here",
        ).argParser(parseList),
      )
      .option("--namespace <name>", "its namespace; its name when left out")
      .addOption(
        new Option("--objective <percent>", "availability of what its users do, such as 99.9%, or web=99.9%").argParser(
          parseList,
        ),
      ),
  ).action(async (path: string | undefined, options: AppAddOptions, command: Command) => {
    const { appAddCommand } = await import("../commands/app-add.ts");
    onExit(await appAddCommand(run(command), path, options));
  });
}

function declareMove({ program, run, onExit }: CommandLine): void {
  withOnboarding(
    program
      .command("move")
      .summary("an application goes to another tenant, or to other clusters")
      .description("Edits the Application document, comments kept, after loading the estate that would result.")
      .argument("<app>", "name of the application")
      .option("--tenant <tenant>", "the tenant that it goes to")
      .addOption(
        new Option("--cluster <names>", "the clusters that it runs on from now on, with --environment").argParser(
          parseList,
        ),
      )
      .option("--environment <name>", "the environment that moves"),
  ).action(async (app: string, path: string | undefined, options: AppMoveOptions, command: Command) => {
    const { appMoveCommand } = await import("../commands/app-move.ts");
    onExit(await appMoveCommand(run(command), app, path, options));
  });
}
