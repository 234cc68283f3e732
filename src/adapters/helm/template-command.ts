import type { ChartRequest } from "../../estate/sources/chart.ts";

const PLAIN_ARGUMENT = /^[\w@%+=:,./-]+$/;

/** The `helm template` command of a request, with paths as the estate names them, for a person to type into a shell. */
export function templateCommand({ release, chart, namespace, kubernetesVersion, values }: ChartRequest): string {
  const options = [
    ...(namespace === undefined ? [] : ["--namespace", namespace]),
    ...(kubernetesVersion === undefined ? [] : ["--kube-version", kubernetesVersion]),
    ...values.flatMap((path) => ["--values", path]),
    "--include-crds",
    "--skip-tests",
  ];
  const named = release.startsWith("-") ? [...options, "--", release, chart] : [release, chart, ...options];
  return ["helm", "template", ...named].map(shellArgument).join(" ");
}

/** In quotes where a POSIX shell would take it apart. */
function shellArgument(text: string): string {
  return PLAIN_ARGUMENT.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
