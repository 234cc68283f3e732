import { parseImageReference } from "../../../estate/kubernetes/image-reference.ts";
import { asList, asObject, asStringMap, asText } from "../../../estate/kubernetes/json-value.ts";
import type { Container, Workload } from "../../../estate/kubernetes/workload.ts";
import { lookupOf } from "../../estate-lookup/estate-lookup.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { costing } from "../../studies/finding-terms.ts";
import { requestsCost } from "../../studies/requests-cost.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";

/** FIN-013: files that never change need no pods. */
export const noPodsForFiles: Rule = {
  id: "FIN-013",
  name: "no-pods-for-files",
  title: "No pods run only to hand out static files.",
  severity: { high: "low", medium: "low", low: "info" },
  inputs: ["manifests"],
  judges: "objects",
  *evaluate(context) {
    for (const workload of context.estate.workloads) {
      const container = webServerOf(workload);
      if (container !== undefined) yield judge(context, workload, container);
    }
  },
};

/** Images that serve files and do nothing else unless they are told to. */
const webServers = new Set([
  "nginx",
  "nginx-unprivileged",
  "httpd",
  "caddy",
  "lighttpd",
  "static-web-server",
  "apache",
]);

/** The only main container of a workload that serves, where its image is a plain web server. */
function webServerOf({ run, opaque, containers }: Workload): Container | undefined {
  const [container, ...others] = containers.filter(({ role }) => role === "main");
  if (run !== "serving" || opaque || container?.image === undefined || others.length > 0) return undefined;
  const name = parseImageReference(container.image).repository.split("/").at(-1) ?? "";
  return webServers.has(name) ? container : undefined;
}

/** Words by which a configuration hands requests on, or runs something for them. */
const doesMore =
  /\b(?:proxy_pass|fastcgi_pass|uwsgi_pass|grpc_pass|reverse_proxy|php_fastcgi|ProxyPass|ProxyPassMatch|stream\s*\{|upstream\s+\S+\s*\{|js_content|content_by_lua)/;
const configurationPath =
  /^\/(?:etc\/(?:nginx|caddy|apache2|httpd|lighttpd)|usr\/local\/apache2\/conf|opt\/bitnami\/(?:nginx|apache)\/conf)/;

function judge(context: AuditContext, workload: Workload, container: Container): RuleOutcome {
  const hidden: string[] = [];
  for (const { volume, mountPath } of mountsOf(workload, container)) {
    if (!configurationPath.test(mountPath)) continue;
    const text = configMapText(context, workload, volume);
    if (text === undefined) hidden.push(mountPath);
    else if (doesMore.test(text)) return passed(workload);
  }
  const [first] = hidden;
  if (first !== undefined) {
    return workloadOutcome(workload, {
      verdict: "notEvaluable",
      container,
      missing: ["partial-input"],
      message: `What ${first} of ${workload.label} holds is not in the input, so nothing says whether it hands requests on.`,
    });
  }
  const { minimum } = workload.replicas;
  return workloadOutcome(workload, {
    verdict: "fail",
    container,
    field: [...container.path, "image"],
    message: `${workload.label} runs ${container.image ?? ""} with ${mountsOf(workload, container).length === 0 ? "no configuration of its own" : "a configuration that hands nothing on"}: ${minimum} ${minimum === 1 ? "pod" : "pods"} around the clock for files that a storage account or content network serves for next to nothing, in every zone.`,
    ...costing(context.studies && requestsCost(context.studies.money, workload, "FIN-013")),
    fix: {
      description: "Publish the files to a storage account's static website or Static Web Apps, behind Front Door.",
    },
  });
}

function mountsOf({ podSpec }: Workload, { value }: Container) {
  const volumes = new Map(asList(podSpec["volumes"]).map((volume) => [asObject(volume)["name"], asObject(volume)]));
  return asList(value["volumeMounts"]).flatMap((each) => {
    const { name, mountPath } = asObject(each);
    const volume = volumes.get(name);
    return volume === undefined || typeof mountPath !== "string" ? [] : [{ volume, mountPath }];
  });
}

/** The text of a mounted ConfigMap; undefined where it is something else or not in the input. */
function configMapText(
  { estate }: AuditContext,
  { environment, cluster, namespace }: Workload,
  volume: { readonly [key: string]: unknown },
): string | undefined {
  // An empty directory is written to, it configures nothing.
  if (volume["emptyDir"] !== undefined) return "";
  const name = asText(asObject(volume["configMap"])["name"]);
  if (name === undefined) return undefined;
  const found = lookupOf(estate).objects.find({ environment, cluster, namespace }, "ConfigMap", name);
  return found === undefined ? undefined : Object.values(asStringMap(found.object.value["data"])).join("\n");
}
