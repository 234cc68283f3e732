import { resolvePlainScalar } from "../sources/resolve-scalar.ts";
import type { ScalarNode } from "./field-node.ts";
import type { FieldOrigin } from "./field-origin.ts";

/** What a text means when it is written into YAML 1.2 without quotes. */
export function plainScalarNode(text: string, origin: FieldOrigin): ScalarNode {
  const value = resolvePlainScalar(text);
  if (typeof value === "boolean" && !/^(?:true|false)$/i.test(text))
    return { kind: "scalar", value: text, text, origin };
  if (typeof value === "number" && !Number.isFinite(value)) return { kind: "scalar", value: text, text, origin };
  return { kind: "scalar", value, text, origin };
}
