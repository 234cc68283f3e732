import { Drawer } from "@mantine/core";
import type { ReactNode } from "react";
import { Icon } from "../symbols/icon.tsx";
import classes from "./dialog.module.css";

interface SideSheetProps {
  readonly title: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly from: "left" | "bottom";
  readonly children: ReactNode;
}

/** A region of the page that slides in where there is no room for it beside the others. */
export function SideSheet({ title, open, onClose, from, children }: SideSheetProps) {
  return (
    <Drawer.Root opened={open} onClose={onClose} position={from} size={from === "left" ? "88%" : "84%"}>
      <Drawer.Overlay backgroundOpacity={0.4} />
      <Drawer.Content className={classes.content} data-from={from}>
        <div className={classes.head}>
          <Drawer.Title className={classes.title}>{title}</Drawer.Title>
          <button type="button" className={classes.close} aria-label="Close" onClick={onClose}>
            <Icon name="close" />
          </button>
        </div>
        <Drawer.Body className={classes.sheet} tabIndex={0}>
          {children}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
