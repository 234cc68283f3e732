import { Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { Icon } from "../symbols/icon.tsx";
import classes from "./dialog.module.css";

interface DialogProps {
  readonly title: ReactNode;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly size?: "md" | "lg" | "xl";
  readonly children: ReactNode;
}

/** Something over the page that is closed again: by its button, by Escape, by a click beside it. */
export function Dialog({ title, open, onClose, size = "md", children }: DialogProps) {
  return (
    <Modal.Root opened={open} onClose={onClose} size={size} centered>
      <Modal.Overlay backgroundOpacity={0.4} />
      <Modal.Content className={classes.content}>
        <div className={classes.head}>
          <Modal.Title className={classes.title}>{title}</Modal.Title>
          <button type="button" className={classes.close} aria-label="Close" onClick={onClose}>
            <Icon name="close" />
          </button>
        </div>
        <Modal.Body className={classes.body}>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
