import type { FieldRender, Job, Problem } from "@/api";
import { formatNumber, label as labelOf, useT } from "@/i18n";
import { Icon } from "@/ui";

function Figure({ label, value, bad }: { label: string; value: number; bad?: boolean }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className={bad && value > 0 ? "late" : ""}>{formatNumber(value)}</dd>
    </div>
  );
}

interface Props {
  job: Job;
  fields: Readonly<Record<string, FieldRender>>;
}

/** The name of the field that a problem is about; "" where it is about the row. */
function fieldOf(problem: Problem, fields: Props["fields"]): string {
  const key = /^\/([^/]+)/.exec(problem.at ?? "")?.[1];
  return key ? labelOf(fields[key]?.label, key) : "";
}

/** Outcome of a dry run or an import: numbers, the first row errors, and the file with all of them. */
export function ImportResult({ job, fields }: Props) {
  const t = useT();
  if (job.state === "failed" || !job.result) {
    return (
      <p className="notice bad" role="alert">
        <Icon name="error" />
        {job.problem?.message ?? t("records.import.failed")}
      </p>
    );
  }
  const result = job.result;
  return (
    <section aria-live="polite">
      <dl className="figures">
        <Figure label={t("records.import.total")} value={result.total} />
        <Figure
          label={t(result.dry_run ? "records.import.wouldCreate" : "records.import.created")}
          value={result.created}
        />
        <Figure
          label={t(result.dry_run ? "records.import.wouldUpdate" : "records.import.updated")}
          value={result.updated}
        />
        <Figure label={t("records.import.unchanged")} value={result.unchanged ?? 0} />
        <Figure label={t("records.import.rejected")} value={result.failed} bad />
      </dl>
      {result.problems.length > 0 && (
        <>
          <h2 className="section">{t("records.import.errors")}</h2>
          <table className="table compact pad">
            <thead>
              <tr>
                <th scope="col">{t("records.import.row")}</th>
                <th scope="col">{t("records.import.field")}</th>
                <th scope="col">{t("records.import.problem")}</th>
              </tr>
            </thead>
            <tbody>
              {result.problems.map((problem, at) => (
                <tr key={at}>
                  <td className="nowrap num">{problem.row}</td>
                  <td className="nowrap">{fieldOf(problem, fields)}</td>
                  <td>
                    {problem.message}
                    {problem.hint && <span className="ink2"> {problem.hint}</span>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {result.errors_url && (
            <a className="btn" href={result.errors_url} download>
              <Icon name="download" />
              {t("records.import.errors.download", { count: result.failed })}
            </a>
          )}
        </>
      )}
    </section>
  );
}
