const pages = import.meta.glob<string>("../../../src/audit/rules/*/README.md", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** The page of a rule: what fails, why it matters, how to fix it; undefined for a rule without one. */
export function rulePage(id: string): string | undefined {
  return pages[`../../../src/audit/rules/${id}/README.md`];
}
