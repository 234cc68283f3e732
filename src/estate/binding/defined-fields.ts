/** Fields that may be left out, for types where `undefined` is no value. */
type Defined<Fields> = { readonly [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };

/** The fields that have a value; what a document leaves out stays absent in the model. */
export function definedFields<Fields extends { readonly [name: string]: unknown }>(fields: Fields): Defined<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<Fields>;
}
