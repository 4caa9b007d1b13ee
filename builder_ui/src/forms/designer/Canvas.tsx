import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";
import type { FormRender, RecordView } from "@/api";
import { label, useT } from "@/i18n";
import { Empty } from "@/ui";
import type { Box } from "../model/drop";
import type { Ask } from "../renderer/remote";
import { FormView } from "../renderer/FormView";
import { measure } from "./boxes";
import { Overlay, type OverlayProps } from "./Overlay";
import type { Device } from "./TopBar";
import { useSample } from "./useSamples";

/** On the canvas rules are not run: everything is shown, so that everything can be edited. */
const askNobody: Ask = () => Promise.reject(new Error("The canvas runs no rules."));

interface Props extends Omit<OverlayProps, "boxes"> {
  form: FormRender;
  samples: readonly RecordView[];
  device: Device;
  canvas: RefObject<HTMLDivElement | null>;
  sheet: RefObject<HTMLDivElement | null>;
  openTab: (path: string) => number | undefined;
}

/** The sheet: the renderer itself, inert, under an overlay on which nodes are picked, moved and named. */
export function Canvas({ form, samples, device, canvas, sheet, openTab, ...overlay }: Props) {
  const t = useT();
  const boxes = useBoxes(sheet);
  const [chosen, setChosen] = useState<number | null>(null);
  const listed = chosen === 0 ? undefined : (samples.find(({ id }) => id === chosen) ?? samples[0]);
  const sample = useSample(form.key, listed);
  return (
    <div
      className="canvas"
      ref={canvas}
      onPointerDown={(event) => event.target === event.currentTarget && overlay.onSelectForm()}
    >
      <div className={`sheet ${device}`}>
        <header className="row">
          <h1 className="grow">{label(form.label, form.key)}</h1>
          {samples.length > 0 && (
            <SampleChoice samples={samples} value={sample?.id ?? 0} onChange={setChosen} />
          )}
        </header>
        <div className="stage">
          <div ref={sheet} inert className={device === "phone" ? "narrow" : ""}>
            <FormView
              key={`${sample?.id}:${sample?.rev}:${sample === listed}`}
              form={form}
              mode={sample ? "edit" : "create"}
              {...(sample ? { record: sample } : {})}
              sample
              openTab={openTab}
              ask={askNobody}
            />
            {form.layout.length === 0 && <Empty title={t("designer.empty")} />}
          </div>
          <Overlay {...overlay} boxes={boxes} />
        </div>
      </div>
    </div>
  );
}

interface SampleProps {
  samples: readonly RecordView[];
  value: number;
  onChange: (id: number) => void;
}

function SampleChoice({ samples, value, onChange }: SampleProps) {
  const t = useT();
  return (
    <label className="sample-choice">
      {t("designer.sample")}
      <select className="linklike" value={value} onChange={(event) => onChange(Number(event.target.value))}>
        {samples.map(({ id, title }) => (
          <option key={id} value={id}>
            {title || `#${id}`}
          </option>
        ))}
        <option value={0}>{t("designer.sample-none")}</option>
      </select>
    </label>
  );
}

/** Where every node lies: measured after each drawing and whenever the sheet changes its size. */
function useBoxes(sheet: RefObject<HTMLDivElement | null>): readonly Box[] {
  const [boxes, setBoxes] = useState<readonly Box[]>([]);
  const before = useRef("");
  const update = useCallback(() => {
    const next = sheet.current ? measure(sheet.current) : [];
    const mark = JSON.stringify(next);
    if (mark === before.current) return;
    before.current = mark;
    setBoxes(next);
  }, [sheet]);
  useLayoutEffect(update);
  useEffect(() => {
    const observer = new ResizeObserver(update);
    if (sheet.current) observer.observe(sheet.current);
    return () => observer.disconnect();
  }, [sheet, update]);
  return boxes;
}
