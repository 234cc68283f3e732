import { createTheme } from "@mantine/core";

/** Mantine gives behaviour (dialogs, tooltips, completion); the look is that of `tokens.css`. */
export const theme = createTheme({
  fontFamily: "var(--font-text)",
  fontFamilyMonospace: "var(--font-code)",
  defaultRadius: "md",
  respectReducedMotion: true,
  cursorType: "pointer",
});
