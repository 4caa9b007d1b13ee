import type { CanvasLike } from "./viewer";
import { useEffect, useRef, useState } from "react";
import { useT } from "@/i18n";
import { IconButton, Skeleton } from "@/ui";
import { openViewer, type OpenViewer } from "./viewer";
import "./bpmn.css";

interface Props {
  xml: string;
  /** Node ids where the process stands. */
  active?: readonly string[];
  /** Node ids it has passed. */
  done?: readonly string[];
  /** Node ids a problem points at. */
  wrong?: readonly string[];
}

const NONE: readonly string[] = [];

function mark(canvas: CanvasLike, ids: readonly string[], marker: string): () => void {
  const present = ids.filter((id) => canvas.has(id));
  present.forEach((id) => canvas.addMarker(id, marker));
  return () => present.forEach((id) => canvas.removeMarker(id, marker));
}

/**
 * The BPMN picture with the states of its nodes. A light island also in the dark theme: the library's colours are
 * not themable as a whole. The bpmn.io mark at the bottom right must stay visible (licence); nothing covers it.
 */
export default function BpmnPicture({ xml, active = NONE, done = NONE, wrong = NONE }: Props) {
  const t = useT();
  const host = useRef<HTMLDivElement>(null);
  const [viewer, setViewer] = useState<OpenViewer | null>(null);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    let gone = false;
    let opened: OpenViewer | null = null;
    if (!host.current) return undefined;
    openViewer(host.current, xml).then(
      (next) => {
        opened = next;
        if (gone) next.close();
        else setViewer(next);
      },
      () => {
        if (!gone) setFailed(true);
      },
    );
    return () => {
      gone = true;
      opened?.close();
      setViewer(null);
      setFailed(false);
    };
  }, [xml]);

  useEffect(() => {
    if (!viewer) return undefined;
    const undo = [
      mark(viewer.canvas, done, "is-done"),
      mark(viewer.canvas, active, "is-active"),
      mark(viewer.canvas, wrong, "is-wrong"),
    ];
    return () => undo.forEach((take) => take());
  }, [viewer, active, done, wrong]);

  return (
    <div className="bpmn" data-theme="light">
      {failed && <p className="notice bad">{t("flows.picture.failed")}</p>}
      {!viewer && !failed && <Skeleton rows={4} />}
      <div ref={host} className="bpmn-host" role="group" aria-label={t("flows.picture")} />
      <div className="bpmn-tools">
        <IconButton icon="plus" size="sm" label={t("flows.zoom.in")} onClick={() => viewer?.zoom(1.25)} />
        <IconButton icon="minus" size="sm" label={t("flows.zoom.out")} onClick={() => viewer?.zoom(0.8)} />
        <IconButton icon="fit" size="sm" label={t("flows.zoom.fit")} onClick={() => viewer?.fit()} />
      </div>
    </div>
  );
}
