/** What a definition is found by. */
interface Named {
  readonly name: string;
  readonly scope: readonly string[];
}

/**
 * Looks names up as they are meant where they are written: a private definition of the nearest scope first, then outward,
 * then the public one. A public definition is found by the dotted path of its scopes too.
 */
export class ScopedNames<Definition extends Named> {
  readonly #definitions: ReadonlyMap<string, Definition>;
  readonly #byPath = new Map<string, Definition>();

  constructor(definitions: ReadonlyMap<string, Definition>) {
    this.#definitions = definitions;
    for (const definition of definitions.values()) {
      const path = [...definition.scope, definition.name].join(".");
      if (!this.#byPath.has(path)) this.#byPath.set(path, definition);
    }
  }

  get names(): Iterable<string> {
    return this.#definitions.keys();
  }

  find(name: string, scope: readonly string[]): Definition | undefined {
    for (let depth = scope.length; depth > 0; depth -= 1) {
      const found = this.#definitions.get([...scope.slice(0, depth), name].join("."));
      if (found !== undefined) return found;
    }
    return this.#definitions.get(name) ?? this.#byPath.get(name);
  }
}
