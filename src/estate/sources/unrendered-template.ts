import { unrenderedTemplate } from "../diagnostics/reading-diagnostics.ts";
import { type ReadingFault, readingFault } from "./reading-fault.ts";

const ACTION = "{{";

/**
 * The fault to report where a text cannot be read because it is a template of Helm or Go: an action `{{ … }}` stands in
 * the line of the fault, or starts the line above it. An action further away, say in a text block, is no reason.
 */
export function templateFault(text: string, fault: ReadingFault): ReadingFault {
  const action = actionBefore(text, fault.offset);
  return action === undefined ? fault : readingFault(unrenderedTemplate, {}, action);
}

/** True for a text that starts with an action, which no JSON does. */
export function startsWithAction(text: string): boolean {
  return text.trimStart().startsWith(ACTION);
}

function actionBefore(text: string, offset: number): number | undefined {
  const start = lineStart(text, offset);
  const rest = /[\r\n]/.exec(text.slice(offset));
  const end = rest === null ? text.length : offset + rest.index;
  const inLine = text.slice(start, end).indexOf(ACTION);
  if (inLine >= 0) return start + inLine;
  const above = text.slice(0, start).trimEnd().length;
  const aboveStart = lineStart(text, above);
  return startsWithAction(text.slice(aboveStart, above)) ? text.indexOf(ACTION, aboveStart) : undefined;
}

function lineStart(text: string, offset: number): number {
  return Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;
}
