import { useMediaQuery } from "@mantine/hooks";

/** The scheme that holds: the one asked for, or that of the system. */
export function useScheme(asked: "auto" | "light" | "dark"): "light" | "dark" {
  const systemIsDark = useMediaQuery("(prefers-color-scheme: dark)", undefined, { getInitialValueInEffect: false });
  if (asked !== "auto") return asked;
  return systemIsDark ? "dark" : "light";
}
