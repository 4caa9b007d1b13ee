import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { API, api, keys, sentenceOf, type Process } from "@/api";
import { label, useT } from "@/i18n";
import { Button, Segmented, Skeleton } from "@/ui";
import { Log } from "./Log";
import { ProcessActions } from "./ProcessActions";
import { Steps } from "./Steps";
import { statusText } from "./words";
import "./monitor.css";

const BpmnPicture = lazy(() => import("./BpmnPicture"));

export function useProcess(id: number | null) {
  return useQuery({
    queryKey: keys.process(id ?? 0),
    queryFn: ({ signal }) => api.get<Process>(`/processes/${id}`, undefined, signal),
    enabled: id !== null,
  });
}

function Picture({ process }: { process: Process }) {
  const path = process.xml_url?.startsWith(API)
    ? process.xml_url.slice(API.length)
    : `/flows/${process.flow.key}/xml?version=${process.flow.version}`;
  const xml = useQuery({
    queryKey: ["flow-xml", path],
    queryFn: () => api.get<string>(path),
    staleTime: Infinity,
  });
  if (xml.isError) return <p className="notice bad">{sentenceOf(xml.error)}</p>;
  if (!xml.data) return <Skeleton rows={4} />;
  return (
    <Suspense fallback={<Skeleton rows={4} />}>
      <BpmnPicture xml={xml.data} active={process.active} done={process.done} />
    </Suspense>
  );
}

/** A running or ended process: its way as steps or as the BPMN picture, then the opinions. */
export function ProcessPanel({ process }: { process: Process }) {
  const t = useT();
  const [shown, setShown] = useState<"steps" | "picture">("steps");
  return (
    <section className="process" aria-label={t("flows.process")}>
      <header className="sec-h">
        <h2>{t("flows.process")}</h2>
        <small className="ell">
          {label(process.flow.label, process.flow.key)} v{process.flow.version}
        </small>
        <span className={process.status === "running" ? "badge pri" : "badge"}>
          {statusText(process.status)}
        </span>
        <Segmented
          className="sm push"
          label={t("flows.show")}
          value={shown}
          onChange={setShown}
          items={[
            { key: "steps", label: t("flows.steps") },
            { key: "picture", label: t("flows.picture") },
          ]}
        />
      </header>
      {shown === "steps" ? (
        <Steps process={process} />
      ) : (
        <div className="process-picture">
          <Picture process={process} />
        </div>
      )}
      <ProcessActions process={process} />
      <Log entries={process.log} />
    </section>
  );
}

/** The same by id, with loading and refusal. */
export function ProcessById({ id }: { id: number }) {
  const t = useT();
  const process = useProcess(id);
  if (process.isError) {
    return (
      <div className="notice bad">
        {sentenceOf(process.error)}{" "}
        <Button size="xs" onClick={() => void process.refetch()}>
          {t("ui.retry")}
        </Button>
      </div>
    );
  }
  return process.data ? <ProcessPanel process={process.data} /> : <Skeleton rows={5} />;
}
