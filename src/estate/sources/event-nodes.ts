import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE, type ScalarEvent } from "js-yaml";

/**
 * The content of a scalar, decoded; the parser gives no offsets for an empty one. A block whose last line is cut off by
 * the end of the text ends without a line break, as go-yaml reads it.
 */
export function scalarContent(text: string, event: ScalarEvent): string {
  if (event.valueStart < 0) return "";
  const content = getScalarValue(text, event);
  return endsUnbroken(text, event) && content.endsWith("\n") ? content.slice(0, -1) : content;
}

/** True for a block scalar that reaches to the end of a text without a line break there. */
function endsUnbroken(text: string, { style, valueEnd }: ScalarEvent): boolean {
  const isBlock = style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK;
  return isBlock && valueEnd === text.length && !/[\r\n]/.test(text.charAt(valueEnd - 1));
}

/** True for the unquoted, untagged key `<<`. */
export function isMergeKey(text: string, event: Event | undefined): boolean {
  if (event?.type !== EVENT_ID.SCALAR || event.style !== SCALAR_STYLE.PLAIN || event.tagStart >= 0) return false;
  return event.valueEnd - event.valueStart === 2 && text.startsWith("<<", event.valueStart);
}

/** Index after the node that starts at `index`. */
export function skipNode(events: readonly Event[], index: number): number {
  let depth = 0;
  let position = index;
  do {
    const type = events[position]?.type;
    if (type === undefined) return position;
    if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) depth += 1;
    else if (type === EVENT_ID.POP) depth -= 1;
    position += 1;
  } while (depth > 0);
  return position;
}

/** Where a node starts in the text: its tag or anchor, or its own first character. Zero when it is empty. */
export function eventOffset(event: Event): number {
  switch (event.type) {
    case EVENT_ID.SCALAR: {
      if (event.tagStart >= 0 || event.anchorStart >= 0) return propertiesOffset(event.tagStart, event.anchorStart);
      const quoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
      return Math.max(0, quoted ? event.valueStart - 1 : event.valueStart);
    }
    case EVENT_ID.MAPPING:
    case EVENT_ID.SEQUENCE:
      return event.tagStart >= 0 || event.anchorStart >= 0
        ? propertiesOffset(event.tagStart, event.anchorStart)
        : event.start;
    case EVENT_ID.ALIAS:
      return event.anchorStart - 1;
    case EVENT_ID.DOCUMENT:
    case EVENT_ID.POP:
      return 0;
  }
}

function propertiesOffset(tagStart: number, anchorStart: number): number {
  if (tagStart < 0) return anchorStart - 1;
  return anchorStart < 0 ? tagStart : Math.min(tagStart, anchorStart - 1);
}
