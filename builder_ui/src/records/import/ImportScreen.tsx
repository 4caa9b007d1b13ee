import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Link, useParams } from "react-router";
import { keys, sentenceOf, useForm, type FormRender, type Job } from "@/api";
import { formatNumber, label, useT } from "@/i18n";
import { Button, Empty, Icon, Labelled, Page, Skeleton } from "@/ui";
import { ImportResult } from "./ImportResult";
import { isOver, useJob, useMappings, useSend, type ImportChoice } from "./useImport";
import "./import.css";

function FileChoice({ file, onChange }: { file: File | null; onChange: (file: File) => void }) {
  const t = useT();
  const take = (files: FileList | null) => {
    const [first] = files ?? [];
    if (first) onChange(first);
  };
  return (
    <Labelled label={t("records.import.file")} hint={t("records.import.file.hint")}>
      {(id, describedBy) => (
        <label
          className="drop"
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => {
            event.preventDefault();
            take(event.dataTransfer.files);
          }}
        >
          <input
            id={id}
            aria-describedby={describedBy}
            className="sr"
            type="file"
            accept=".csv,.tsv,.txt,text/csv"
            onChange={(event) => take(event.target.files)}
          />
          <Icon name={file ? "form" : "publish"} size="l" />
          <span>
            {file
              ? `${file.name} · ${formatNumber(Math.ceil(file.size / 1024))} KB`
              : t("records.import.choose")}
          </span>
        </label>
      )}
    </Labelled>
  );
}

function Progress({ job }: { job: Job | undefined }) {
  const t = useT();
  const done = job?.progress?.done ?? 0;
  const total = job?.progress?.total ?? 0;
  const share = total > 0 ? Math.min(100, (done / total) * 100) : 0;
  return (
    <div className="col">
      <div
        className="prog"
        role="progressbar"
        aria-label={t("records.import.running")}
        aria-valuenow={Math.round(share)}
      >
        <i style={{ width: `${share}%` }} />
      </div>
      <p className="ink2">
        {total > 0
          ? t("records.import.progress", { done: formatNumber(done), total: formatNumber(total) })
          : t("records.import.running")}
      </p>
    </div>
  );
}

const MODES = ["live", "history"] as const;

/** The choice is sent twice: first as a dry run that writes nothing, then, once its result was read, for real. */
interface WizardProps {
  form: string;
  fields: FormRender["fields"];
  history: boolean;
}

function Wizard({ form, fields, history }: WizardProps) {
  const t = useT();
  const queries = useQueryClient();
  const mappings = useMappings(form);
  const [file, setFile] = useState<File | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [mode, setMode] = useState<ImportChoice["mode"]>(null);
  const [jobId, setJobId] = useState<string | null>(null);
  const send = useSend(setJobId);
  const { data: job, error } = useJob(jobId);
  const running = send.isPending || (jobId !== null && !isOver(job) && !error);
  const imported = job?.state === "done" && job.result?.dry_run === false;
  useEffect(() => {
    if (imported) void queries.invalidateQueries({ queryKey: keys.records(form) });
  }, [imported, queries, form]);

  const items = mappings.data?.items ?? [];
  const mapping = chosen ?? items[0]?.key ?? "";
  const forget = () => setJobId(null);
  const start = (dryRun: boolean) => {
    if (file) send.mutate({ choice: { form, file, mapping, mode }, dryRun });
  };
  if (mappings.isPending) return <Skeleton rows={4} />;
  if (items.length === 0) return <Empty title={t("records.import.noMapping")} />;
  return (
    <div className="wizard">
      <FileChoice
        file={file}
        onChange={(next) => {
          setFile(next);
          forget();
        }}
      />
      <Labelled label={t("records.import.mapping")} hint={t("records.import.mapping.hint")}>
        {(id, describedBy) => (
          <select
            id={id}
            aria-describedby={describedBy}
            className="select"
            value={mapping}
            onChange={(event) => {
              setChosen(event.target.value);
              forget();
            }}
          >
            {items.map((item) => (
              <option key={item.key} value={item.key}>
                {label(item.label, item.key)}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <Labelled label={t("records.import.mode")}>
        {(id) => (
          <select
            id={id}
            className="select"
            value={mode ?? ""}
            onChange={(event) => {
              setMode(MODES.find((name) => name === event.target.value) ?? null);
              forget();
            }}
          >
            <option value="">{t("records.import.mode.mapping")}</option>
            {MODES.filter((name) => name === "live" || history).map((name) => (
              <option key={name} value={name}>
                {t(`records.import.mode.${name}`)}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      {(send.isError || error) && (
        <p className="notice bad" role="alert">
          <Icon name="error" />
          {sentenceOf(send.error ?? error)}
        </p>
      )}
      {running && <Progress job={job} />}
      {!running && job && isOver(job) && <ImportResult job={job} fields={fields} />}
      <div className="row">
        <Button disabled={!file || running} onClick={() => start(true)}>
          {t("records.import.dryRun")}
        </Button>
        <Button
          look="pri"
          disabled={!file || running || imported || job?.state !== "done"}
          onClick={() => start(false)}
        >
          {t("records.import.start")}
        </Button>
        {imported && (
          <Link className="btn" to={`/forms/${form}`}>
            {t("records.import.toList")}
          </Link>
        )}
      </div>
    </div>
  );
}

export function Component() {
  const { form: key = "" } = useParams();
  const t = useT();
  const form = useForm(key);
  if (form.isError) throw form.error;
  const back = (
    <Link className="btn quiet ico" to={`/forms/${key}`} aria-label={t("records.back")}>
      <Icon name="left" />
    </Link>
  );
  return (
    <Page title={t("records.import")} note={label(form.data?.label)} lead={back}>
      <div className="sheet-scroll">
        {form.data && (
          <Wizard
            form={key}
            fields={form.data.fields}
            history={form.data.actions.includes("import_history")}
          />
        )}
      </div>
    </Page>
  );
}
