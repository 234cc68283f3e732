import type { Reachability } from "../../../src/operations/tenancy/reachability.ts";
import { plural } from "../graph/plural.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./tenancy-view.module.css";

/** How to get policies that deny everything but what is needed, and which engine was taken for granted. */
export function PolicyHint({ report }: { readonly report: Reachability }) {
  const { assessment, texts } = useWorkbench();
  const { openPairs } = report.schools;
  const open = openPairs.result.kind === "exact" ? openPairs.result.value : undefined;
  const dependencies = assessment.estate.dependencies.length;
  const assumed = report.clusters.filter(({ engineOrigin }) => engineOrigin === "assumed");
  return (
    <section className={classes.hint} aria-label="Default deny">
      <p>
        <strong>Deny everything but what is needed.</strong>{" "}
        {open === undefined ? "" : `${plural(open, "pair")} of workloads are open today; `}
        {plural(dependencies, "dependency", "dependencies")} are declared or inferred. This writes policies that leave
        exactly those, and proves it with the same engine:
      </p>
      <code>
        scantling tenancy policies {folderOf(texts === undefined ? assessment.estate.sources : Object.keys(texts))} --to
        policies/
      </code>
      {assumed.length === 0 ? null : (
        <p className={classes.soft}>
          {assumed.map(({ cluster, engine }) => `${cluster} is read as ${engine}`).join(", ")}, which nothing declares:
          say it in Cluster.spec.network.policyEngine.
        </p>
      )}
    </section>
  );
}

/** The folder that all sources have in common. */
function folderOf(sources: readonly string[]): string {
  const [first, ...others] = sources.map((source) => source.split("/"));
  if (first === undefined) return ".";
  const shared = others.reduce((root, parts) => {
    const end = root.findIndex((part, index) => part !== parts[index]);
    return end < 0 ? root : root.slice(0, end);
  }, first);
  return shared.length === 0 ? "." : shared.join("/");
}
