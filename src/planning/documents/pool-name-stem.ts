/** A pool that takes the place of another has its name with another number: `general2` for `general`. */
export function poolNameStem(name: string): string {
  return name.replace(/\d+$/, "");
}
