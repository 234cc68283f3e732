import { formatFieldPath } from "../../../estate/kubernetes/field-path.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { FieldPath } from "../../../estate/sources/yaml-document.ts";
import { notReadable } from "../container-deviations.ts";
import { booleanAt, textAt, unreadable } from "../pod-fields.ts";
import type { Deviation } from "../pod-security-check.ts";
import type { StandardContainer, StandardPod } from "../standard-pod.ts";

/** What a field is looked up in: a container, or the pod itself. */
interface Holder {
  readonly container?: StandardContainer;
  readonly value: JsonObject;
  readonly path: FieldPath;
}

function holderOf(subject: StandardContainer | StandardPod): Holder {
  if ("path" in subject) return { container: subject, value: subject.value, path: subject.path };
  return { value: subject.value, path: [] };
}

/** A deviation where the field is true. */
export function forbidTrue(subject: StandardContainer | StandardPod, field: FieldPath): readonly Deviation[] {
  const holder = holderOf(subject);
  const value = booleanAt(holder.value, field);
  if (value === undefined || value === false) return [];
  return [value === unreadable ? unreadableAt(holder, field) : stated(holder, field, "true")];
}

/** A deviation where the field is stated with a text that is not allowed. */
export function forbidText(
  subject: StandardContainer | StandardPod,
  field: FieldPath,
  allows: (text: string) => boolean,
): readonly Deviation[] {
  const holder = holderOf(subject);
  const value = textAt(holder.value, field);
  if (value === undefined || (value !== unreadable && allows(value))) return [];
  return [value === unreadable ? unreadableAt(holder, field) : stated(holder, field, `"${value}"`)];
}

function unreadableAt({ container, path }: Holder, field: FieldPath): Deviation {
  return notReadable([...path, ...field], container);
}

function stated({ container, path }: Holder, field: FieldPath, shown: string): Deviation {
  return {
    path: [...path, ...field],
    words: `sets ${formatFieldPath(field)} to ${shown}`,
    ...(container === undefined ? {} : { container }),
  };
}
