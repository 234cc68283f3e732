/** What looking for one optional tool on this machine gave. */
export interface ToolCheck {
  readonly name: string;
  readonly found: boolean;
  /** Version when found; what is missing without it otherwise. */
  readonly detail: string;
}
