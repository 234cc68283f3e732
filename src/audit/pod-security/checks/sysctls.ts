import { isJsonObject } from "../../../estate/kubernetes/json-value.ts";
import { notReadable } from "../container-deviations.ts";
import { listAt, readableText, unreadable } from "../pod-fields.ts";
import type { CheckVersion, Deviation, PodSecurityCheck } from "../pod-security-check.ts";

/** Kernel settings that act on the pod alone, by the minor version that took them in. */
export const safeSysctls: readonly (readonly [minor: number, names: readonly string[]])[] = [
  [
    0,
    [
      "kernel.shm_rmid_forced",
      "net.ipv4.ip_local_port_range",
      "net.ipv4.tcp_syncookies",
      "net.ipv4.ping_group_range",
      "net.ipv4.ip_unprivileged_port_start",
    ],
  ],
  [27, ["net.ipv4.ip_local_reserved_ports"]],
  [
    29,
    [
      "net.ipv4.tcp_keepalive_time",
      "net.ipv4.tcp_fin_timeout",
      "net.ipv4.tcp_keepalive_intvl",
      "net.ipv4.tcp_keepalive_probes",
    ],
  ],
  [32, ["net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"]],
  [37, ["net.ipv4.tcp_slow_start_after_idle", "net.ipv4.tcp_notsent_lowat"]],
];

export const sysctls: PodSecurityCheck = {
  id: "sysctls",
  part: 11,
  level: "baseline",
  demand: "only safe kernel settings may be set",
  versions: safeSysctls.map(([since]) => ({ since, evaluate: unsafeSettings(since) })),
};

function unsafeSettings(minor: number): CheckVersion["evaluate"] {
  const safe = new Set(safeSysctls.filter(([since]) => since <= minor).flatMap(([, names]) => names));
  return (pod) => {
    const list = ["spec", "securityContext", "sysctls"];
    const settings = listAt(pod.value, list);
    if (settings === unreadable) return [notReadable(list)];
    return settings.flatMap((setting, position): readonly Deviation[] => {
      const path = [...list, position, "name"];
      const name = isJsonObject(setting) ? readableText(setting.name ?? "") : undefined;
      if (name === undefined) return [notReadable(path)];
      return safe.has(name) ? [] : [{ path, words: `sets the kernel setting "${name}"` }];
    });
  };
}
