/** Group, version and kind; an empty group is the core group. */
export interface ResourceType {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** Selects types: what is missing or empty matches everything. */
export interface TypeSelector {
  readonly group?: string | undefined;
  readonly version?: string | undefined;
  readonly kind?: string | undefined;
}

export function resourceType(apiVersion: string, kind: string): ResourceType {
  const slash = apiVersion.indexOf("/");
  return slash === -1
    ? { group: "", version: apiVersion, kind }
    : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1), kind };
}

export function isSelectedType(type: ResourceType, selector: TypeSelector): boolean {
  return (
    matches(type.group, selector.group) && matches(type.version, selector.version) && matches(type.kind, selector.kind)
  );
}

function matches(value: string, wanted: string | undefined): boolean {
  return wanted === undefined || wanted === "" || wanted === value;
}
