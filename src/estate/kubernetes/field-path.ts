import type { FieldPath } from "../sources/yaml-document.ts";

/** `spec.containers[0].env[2].value`; keys that are no plain words stand in brackets. */
export function formatFieldPath(path: FieldPath): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else if (/^[\w-]+$/.test(step)) text += text === "" ? step : `.${step}`;
    else text += `["${step}"]`;
  }
  return text;
}
