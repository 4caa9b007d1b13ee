import { Modal } from "antd";
import type { ReactNode } from "react";
import { useT } from "@/i18n";
import { Button } from "./Button";
import { Icon } from "./Icon";

interface Props {
  open: boolean;
  title: ReactNode;
  children: ReactNode;
  onClose?: () => void;
  /** Main action at the right end. */
  confirm?: { label: string; run: () => void; danger?: boolean; busy?: boolean; disabled?: boolean };
  /** Further buttons before the main one. */
  more?: ReactNode;
  width?: number;
  /** Without a row of buttons: the content brings its own way on. */
  bare?: boolean;
}

/** A modal question or form; without `onClose` it must be answered. */
export function Dialog({ open, title, children, onClose, confirm, more, width = 480, bare = false }: Props) {
  const t = useT();
  return (
    <Modal
      open={open}
      title={title}
      width={width}
      centered
      destroyOnHidden
      {...(onClose ? { onCancel: onClose } : {})}
      closable={onClose ? { closeIcon: <Icon name="close" />, "aria-label": t("ui.close") } : false}
      mask={{ closable: false }}
      keyboard={onClose !== undefined}
      footer={
        !bare && (confirm || more || onClose) ? (
          <div className="dialog-foot">
            {onClose && <Button onClick={onClose}>{t("ui.cancel")}</Button>}
            {more}
            {confirm && (
              <Button
                look="pri"
                className={confirm.danger ? "danger" : ""}
                busy={confirm.busy ?? false}
                disabled={confirm.disabled ?? false}
                onClick={confirm.run}
              >
                {confirm.label}
              </Button>
            )}
          </div>
        ) : null
      }
    >
      {children}
    </Modal>
  );
}
