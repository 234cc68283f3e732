import { resolvePlainScalar } from "./resolve-scalar.ts";

const STANDARD_PREFIX = "tag:yaml.org,2002:";

/** A tag in its short form: `!!int` for `!<tag:yaml.org,2002:int>`. */
export function shortTag(tag: string): string {
  const verbatim = tag.startsWith("!<") ? tag.slice(2, -1) : tag;
  return verbatim.startsWith(STANDARD_PREFIX) ? `!!${verbatim.slice(STANDARD_PREFIX.length)}` : verbatim;
}

/**
 * The value of a scalar with an explicit tag, as `sigs.k8s.io/yaml` decodes it: `!!int '1'` is 1, `!!binary` decodes to
 * text, tags that are not of YAML itself leave the text as it is. Undefined when the text is no value of the tag.
 */
export function resolveTaggedScalar(tag: string, text: string): string | number | boolean | null | undefined {
  switch (shortTag(tag)) {
    case "!!int": {
      const value = resolvePlainScalar(text);
      return typeof value === "number" && Number.isInteger(value) ? value : undefined;
    }
    case "!!float": {
      const value = resolvePlainScalar(text);
      return typeof value === "number" && Number.isFinite(value) ? value : undefined;
    }
    case "!!bool": {
      const value = resolvePlainScalar(text);
      return typeof value === "boolean" ? value : undefined;
    }
    case "!!null":
      return resolvePlainScalar(text) === null ? null : undefined;
    case "!!binary":
      return decodeBase64(text);
    default:
      return text;
  }
}

function decodeBase64(text: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(text.replace(/\s/g, "")), (character) => character.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch {
    return undefined;
  }
}
