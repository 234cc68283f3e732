import { olderApiVersion } from "../../estate/diagnostics/import-diagnostics.ts";
import { apiGroup } from "../../estate/kubernetes/group-kind.ts";
import type { KubernetesObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { ImportLog } from "./import-log.ts";

/** Versions that are current, by API group; older ones of these groups say the same in the fields that are read. */
const current: { readonly [group: string]: string } = {
  "source.toolkit.fluxcd.io": "v1",
  "kustomize.toolkit.fluxcd.io": "v1",
  "helm.toolkit.fluxcd.io": "v2",
};

/** Offers the upgrade of objects of agents that are written in an older version, once for each kind and version. */
export function noteOlderVersions(objects: readonly KubernetesObject[], log: ImportLog): void {
  const older = objects.filter(({ apiVersion }) => {
    const version = current[apiGroup(apiVersion)];
    return version !== undefined && apiVersion !== `${apiGroup(apiVersion)}/${version}`;
  });
  for (const list of Map.groupBy(older, ({ apiVersion, kind }) => `${apiVersion} ${kind}`).values()) {
    const [first] = list;
    if (first === undefined) continue;
    const group = apiGroup(first.apiVersion);
    const places = new Set(list.map((object) => JSON.stringify(object.locate([]))));
    log.report(
      olderApiVersion,
      {
        kind: first.kind,
        found: first.apiVersion,
        current: `${group}/${current[group] ?? ""}`,
        objects: places.size,
      },
      first.locate(["apiVersion"]),
    );
  }
}
