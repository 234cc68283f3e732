import { celList } from "../../admission-policies/cel-literals.ts";
import { defaultCapabilities } from "../../pod-security/checks/capabilities.ts";
import { containerTypes, engineType } from "../../pod-security/checks/se-linux-options.ts";
import { safeSysctls } from "../../pod-security/checks/sysctls.ts";
import { allowedSources, otherSources } from "../../pod-security/checks/volumes.ts";

const profiles = celList(["RuntimeDefault", "Localhost"]);

/** True for every container of the pod, with `c` as its security context. */
function everyContext(test: string): string {
  return `variables.containers.map(c, c.?securityContext.orValue({})).all(c, ${test})`;
}

/** True for the security contexts of the pod and of its containers. */
function everywhere(test: (context: string) => string): string {
  return `${test("variables.podContext")} && ${everyContext(test("c"))}`;
}

function profileAllowed(field: string): string {
  return everywhere((context) => `(!has(${context}.${field}) || ${context}.${field}.?type.orValue('') in ${profiles})`);
}

/** From a minor version on, what holds for a kind of pod is as good. */
function exempt(who: string, since: number, test: string): string {
  return `variables.minor >= ${since} && ${who} || (${test})`;
}

const windows = (test: string) => exempt("variables.isWindows", 25, test);
const userNamespaces = (test: string) => exempt("variables.hasUserNamespace", 35, test);

const added = "c.?capabilities.?add.orValue([])";
const masked = everyContext("c.?procMount.orValue('Default') == 'Default'");
const seccompPod = "seccomp.security.alpha.kubernetes.io/pod";
const seccompContainer = "container.seccomp.security.alpha.kubernetes.io/";
const appArmorContainer = "container.apparmor.security.beta.kubernetes.io/";

/** Before 1.19 the profile was an annotation. */
const seccompAnnotations = `variables.podAnnotations.all(k, !(k == '${seccompPod}' || variables.containers.exists(c, k == '${seccompContainer}' + c.name)) || variables.podAnnotations[k] in ['runtime/default', 'docker/default'] || variables.podAnnotations[k].startsWith('localhost/'))`;

const seLinux = everywhere(
  (context) =>
    `(${context}.?seLinuxOptions.?type.orValue('') in ${celList(containerTypes)} || variables.minor >= 31 && ${context}.seLinuxOptions.type == '${engineType}') && ${context}.?seLinuxOptions.?user.orValue('') == '' && ${context}.?seLinuxOptions.?role.orValue('') == ''`,
);

const sysctls = `variables.podContext.?sysctls.orValue([]).all(s, ${safeSysctls
  .map(([minor, names]) => `${minor === 0 ? "" : `variables.minor >= ${minor} && `}s.name in ${celList(names)}`)
  .join(" || ")})`;

const probeHosts = `variables.containers.all(c, ${[
  "c.?livenessProbe",
  "c.?readinessProbe",
  "c.?startupProbe",
  "c.?lifecycle.?postStart",
  "c.?lifecycle.?preStop",
]
  .flatMap((handler) => ["httpGet", "tcpSocket"].map((action) => `${handler}.?${action}.?host.orValue('') == ''`))
  .join(" && ")})`;

const sourced = (names: readonly string[]) => names.map((source) => `has(v.${source})`).join(" || ");

const seccompConfined = `variables.podContext.?seccompProfile.?type.orValue('RuntimeDefault') in ${profiles} && ${everyContext(
  `(has(c.seccompProfile) ? c.seccompProfile.?type.orValue('') : variables.podContext.?seccompProfile.?type.orValue('')) in ${profiles}`,
)}`;

/** CEL that is true for a pod that conforms, by the number of the control. */
export const podSecurityExpressions: { readonly [part: number]: string } = {
  1: everyContext("!c.?privileged.orValue(false)"),
  2: ["hostNetwork", "hostPID", "hostIPC"].map((field) => `!variables.podSpec.?${field}.orValue(false)`).join(" && "),
  3: "variables.podSpec.?volumes.orValue([]).all(v, !has(v.hostPath))",
  // On the network of the node, ports of containers are its ports.
  4: "variables.containers.all(c, c.?ports.orValue([]).all(p, p.?hostPort.orValue(0) == 0)) && (!variables.podSpec.?hostNetwork.orValue(false) || (variables.podSpec.containers + variables.initContainers).all(c, size(c.?ports.orValue([])) == 0))",
  5: everyContext(`${added}.all(a, a in ${celList([...defaultCapabilities])})`),
  6: everywhere((context) => `!${context}.?windowsOptions.?hostProcess.orValue(false)`),
  7: `${profileAllowed("appArmorProfile")} && variables.podAnnotations.all(k, !k.startsWith('${appArmorContainer}') || variables.podAnnotations[k] in ['', 'runtime/default'] || variables.podAnnotations[k].startsWith('localhost/'))`,
  8: seLinux,
  9: userNamespaces(masked),
  10: `variables.minor < 19 ? ${seccompAnnotations} : ${profileAllowed("seccompProfile")}`,
  11: sysctls,
  12: probeHosts,
  13: `variables.podSpec.?volumes.orValue([]).all(v, ${sourced(allowedSources)} || !(${sourced(otherSources)}))`,
  14: windows(everyContext("c.?allowPrivilegeEscalation.orValue(true) == false")),
  15: userNamespaces(
    `variables.podContext.?runAsNonRoot.orValue(true) && ${everyContext("c.?runAsNonRoot.orValue(variables.podContext.?runAsNonRoot.orValue(false))")}`,
  ),
  16: userNamespaces(everywhere((context) => `${context}.?runAsUser.orValue(-1) != 0`)),
  17: windows(seccompConfined),
  18: windows(everyContext(`'ALL' in c.?capabilities.?drop.orValue([]) && ${added}.all(a, a == 'NET_BIND_SERVICE')`)),
  19: masked,
};
