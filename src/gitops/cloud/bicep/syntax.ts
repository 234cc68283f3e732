/** Where something stands in a text; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What cannot be read, and where. */
export class BicepSyntaxError extends Error {
  readonly position: Position;

  constructor(message: string, position: Position) {
    super(message);
    this.position = position;
  }
}

export type Expression =
  | { readonly kind: "text"; readonly pieces: readonly (string | Expression)[]; readonly at: Position }
  | { readonly kind: "number"; readonly value: number; readonly at: Position }
  | { readonly kind: "word"; readonly value: true | false | null; readonly at: Position }
  | { readonly kind: "list"; readonly items: readonly Expression[]; readonly at: Position }
  | { readonly kind: "object"; readonly entries: readonly ObjectEntry[]; readonly at: Position }
  | { readonly kind: "name"; readonly name: string; readonly at: Position }
  /** `path` as it stands after the first name, without the first dot: `properties.list[0].id`. */
  | { readonly kind: "access"; readonly name: string; readonly path: string; readonly at: Position }
  | { readonly kind: "call"; readonly name: string; readonly values: readonly Expression[]; readonly at: Position };

export interface ObjectEntry {
  /** A text with expressions in it for keys that are made of ids. */
  readonly key: string | Expression;
  readonly value: Expression;
}

export type Statement =
  | { readonly kind: "targetScope"; readonly value: Expression; readonly at: Position }
  | { readonly kind: "param"; readonly name: string; readonly secure: boolean; readonly at: Position }
  | {
      readonly kind: "resource";
      readonly symbol: string;
      readonly type: string;
      readonly existing: boolean;
      readonly body: Extract<Expression, { kind: "object" }>;
      readonly at: Position;
    }
  | {
      readonly kind: "module";
      readonly symbol: string;
      readonly path: string;
      readonly body: Extract<Expression, { kind: "object" }>;
      readonly at: Position;
    }
  | { readonly kind: "output"; readonly name: string; readonly value: Expression; readonly at: Position };
