/** One line of JSON on standard output. */
export function log(
  level: "info" | "warn" | "error",
  message: string,
  fields: { readonly [key: string]: unknown } = {},
): void {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`);
}
