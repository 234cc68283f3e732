import { allowPrivilegeEscalation } from "./checks/allow-privilege-escalation.ts";
import { appArmorProfile } from "./checks/app-armor-profile.ts";
import { capabilitiesBaseline, capabilitiesRestricted } from "./checks/capabilities.ts";
import { hostNamespaces } from "./checks/host-namespaces.ts";
import { hostPorts } from "./checks/host-ports.ts";
import { hostProbesAndHostLifecycle } from "./checks/host-probes.ts";
import { privileged } from "./checks/privileged.ts";
import { procMount, procMountRestricted } from "./checks/proc-mount.ts";
import { runAsNonRoot } from "./checks/run-as-non-root.ts";
import { runAsUser } from "./checks/run-as-user.ts";
import { seLinuxOptions } from "./checks/se-linux-options.ts";
import { seccompProfileBaseline, seccompProfileRestricted } from "./checks/seccomp-profile.ts";
import { sysctls } from "./checks/sysctls.ts";
import { hostPathVolumes, restrictedVolumes } from "./checks/volumes.ts";
import { windowsHostProcess } from "./checks/windows-host-process.ts";
import type { CheckVersion, PodSecurityCheck } from "./pod-security-check.ts";
import type { PodSecurityPolicy } from "./pod-security-policy.ts";

/** Every control of the Pod Security Standards, in order of their number. */
export const podSecurityChecks: readonly PodSecurityCheck[] = [
  privileged,
  hostNamespaces,
  hostPathVolumes,
  hostPorts,
  capabilitiesBaseline,
  windowsHostProcess,
  appArmorProfile,
  seLinuxOptions,
  procMount,
  seccompProfileBaseline,
  sysctls,
  hostProbesAndHostLifecycle,
  restrictedVolumes,
  allowPrivilegeEscalation,
  runAsNonRoot,
  runAsUser,
  seccompProfileRestricted,
  capabilitiesRestricted,
  procMountRestricted,
];

/** A check as a policy applies it. */
export interface AppliedCheck {
  readonly check: PodSecurityCheck;
  readonly version: CheckVersion;
}

/** Newest minor version that changed a check; what a policy asks beyond it is the same. */
export const newestPolicyMinor: number = Math.max(
  ...podSecurityChecks.flatMap(({ versions }) => versions.map(({ since }) => since)),
);

/**
 * The checks of a level at a version, as the reference admission controller chooses them: of each check the newest version
 * that is not newer than the policy; restricted adds its own to those of baseline less the ones they stand in for from
 * that version on. Baseline ids sorted, then restricted ids sorted.
 */
export function checksOfPolicy({ level, minor }: PodSecurityPolicy): readonly AppliedCheck[] {
  if (level === "privileged") return [];
  const applied = podSecurityChecks.flatMap((check): readonly AppliedCheck[] => {
    const version = check.versions.findLast(({ since }) => since <= (minor === "latest" ? newestPolicyMinor : minor));
    return version === undefined ? [] : [{ check, version }];
  });
  const baseline = applied.filter(({ check }) => check.level === "baseline").toSorted(byId);
  if (level === "baseline") return baseline;
  const restricted = applied.filter(({ check }) => check.level === "restricted").toSorted(byId);
  const overridden = new Set(restricted.flatMap(({ version }) => version.overrides ?? []));
  return [...baseline.filter(({ check }) => !overridden.has(check.id)), ...restricted];
}

function byId(left: AppliedCheck, right: AppliedCheck): number {
  return left.check.id < right.check.id ? -1 : left.check.id > right.check.id ? 1 : 0;
}
