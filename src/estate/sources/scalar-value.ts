import { SCALAR_STYLE, type ScalarEvent } from "js-yaml";
import { badTag, notJsonData } from "../diagnostics/reading-diagnostics.ts";
import { scalarContent } from "./event-nodes.ts";
import { readingFault } from "./reading-fault.ts";
import { resolvePlainScalar } from "./resolve-scalar.ts";
import { resolveTaggedScalar, shortTag } from "./resolve-tag.ts";

/**
 * The value of a scalar event.
 * @throws ReadingFault when it is none of its tag, or nothing that JSON can hold
 */
export function scalarValue(text: string, event: ScalarEvent): string | number | boolean | null {
  const content = scalarContent(text, event);
  if (event.tagStart >= 0) {
    const tag = text.slice(event.tagStart, event.tagEnd);
    const value = resolveTaggedScalar(tag, content);
    if (value === undefined) throw readingFault(badTag, { tag: shortTag(tag), text: content }, event.tagStart);
    return value;
  }
  if (event.style !== SCALAR_STYLE.PLAIN) return content;
  const value = resolvePlainScalar(content);
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw readingFault(
      notJsonData,
      { text: content, reason: "JSON, and so Kubernetes, has no infinity and no NaN" },
      event.valueStart,
    );
  }
  return value;
}
