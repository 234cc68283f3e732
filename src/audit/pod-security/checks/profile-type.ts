import { notReadable } from "../container-deviations.ts";
import { objectAt, textAt, unreadable } from "../pod-fields.ts";
import type { Deviation } from "../pod-security-check.ts";
import type { StandardContainer, StandardPod } from "../standard-pod.ts";

const allowedTypes: ReadonlySet<string> = new Set(["RuntimeDefault", "Localhost"]);

type ProfileField = "appArmorProfile" | "seccompProfile";

/** What a profile of the security context says: nothing, something allowed, or a deviation. */
export type ProfileReading = "unset" | "allowed" | Deviation;

/** Reads the profile of a pod or container. A profile that is stated without a type is none of the allowed ones. */
export function readProfile(subject: StandardContainer | StandardPod, field: ProfileField): ProfileReading {
  const isContainer = "path" in subject;
  const below = isContainer ? ["securityContext", field] : ["spec", "securityContext", field];
  const path = [...(isContainer ? subject.path : []), ...below, "type"];
  const container = isContainer ? subject : undefined;
  const profile = objectAt(subject.value, below);
  if (profile === undefined) return "unset";
  const type = profile === unreadable ? unreadable : (textAt(profile, ["type"]) ?? "");
  if (type === unreadable) return notReadable(path, container);
  if (allowedTypes.has(type)) return "allowed";
  const words = `sets securityContext.${field}.type to "${type}"`;
  return { path, words, ...(container === undefined ? {} : { container }) };
}

/** A profile that is stated must be an allowed one. */
export function profileDeviations(subject: StandardContainer | StandardPod, field: ProfileField): readonly Deviation[] {
  const reading = readProfile(subject, field);
  return typeof reading === "string" ? [] : [reading];
}
