import { asList, asObject, asText } from "../../estate/kubernetes/json-value.ts";
import type { Container, Workload } from "../../estate/kubernetes/workload.ts";

/** Programs that follow files, by a part of the image or of the command line. */
const watchers: readonly (readonly [pattern: RegExp, words: string])[] = [
  [/\bdotnet watch\b/, "dotnet watch"],
  [
    /\b(?:nodemon|webpack-dev-server|ts-node-dev)\b|\b(?:npm|yarn|pnpm)(?: run)? (?:dev|start:dev)\b|\bvite\b|--watch\b/,
    "a development server",
  ],
  [/\b(?:uvicorn|gunicorn|flask)\b.*--reload\b/, "a server that reloads its code"],
];

const tailers =
  /(?:^|\/)(?:promtail|fluent-bit|fluentd|filebeat|vector|logstash|alloy|grafana-agent|otel-collector-contrib)(?::|@|$)/;

/** Why a container needs many inotify instances or watches; undefined where nothing says so. */
export function watcherOf({
  containers,
}: Workload): { readonly container: Container; readonly words: string } | undefined {
  for (const container of containers) {
    const words = reasonOf(container);
    if (words !== undefined) return { container, words };
  }
  return undefined;
}

function reasonOf({ image, value }: Container): string | undefined {
  if (image !== undefined && tailers.test(image)) return "a collector of logs";
  const commandLine = [...asList(value.command), ...asList(value.args)]
    .filter((part) => typeof part === "string")
    .join(" ");
  const watcher = watchers.find(([pattern]) => pattern.test(commandLine));
  if (watcher !== undefined) return watcher[1];
  const variables = new Map(
    asList(value.env).map((entry) => [asText(asObject(entry).name), asText(asObject(entry).value)] as const),
  );
  const polls = ["1", "true"].includes((variables.get("DOTNET_USE_POLLING_FILE_WATCHER") ?? "").toLowerCase());
  const reloads = variables.get("ASPNETCORE_ENVIRONMENT") === "Development" || variables.has("DOTNET_WATCH");
  return reloads && !polls ? "a .NET process that reloads its settings" : undefined;
}

/**
 * Whose inotify budget of the node a container uses: that of its user on the host. Pods in user namespaces all use root's,
 * because the kernel charges the user that made the namespace too. Undefined: the image decides, and it is not known here.
 */
export function hostUserOf({ podSpec }: Workload, { value }: Container): number | undefined {
  if (podSpec.hostUsers === false) return 0;
  const own = asObject(value.securityContext).runAsUser ?? asObject(podSpec.securityContext).runAsUser;
  return typeof own === "number" ? own : undefined;
}
