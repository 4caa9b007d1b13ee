import { useT } from "@/i18n";
import { Icon } from "@/ui";
import type { TestResult } from "./model/state";
import type { Tree } from "./model/tree";
import { useAround } from "./world";

/** Examples beside the rule and how they went; they are written in the text. */
export function TestsCard({ tree, results }: { tree: Tree; results: readonly TestResult[] }) {
  const t = useT();
  const { isAt } = useAround();
  const tests = tree.tests ?? [];
  if (tests.length === 0) return null;
  return (
    <section className="clause" aria-label={t("automations.tests")}>
      <h3>{t("automations.tests")}</h3>
      <ul className="clause-body">
        {tests.map((test, at) => {
          const result = results[at];
          return (
            <li key={at} className={isAt(test) ? "line at" : "line"}>
              {result && (
                <Icon name={result.passed ? "check" : "error"} className={result.passed ? "green" : "red"} />
              )}
              <b>{test.name}</b>
              <span className="ink2">
                {t(
                  !result
                    ? "automations.test.waiting"
                    : result.passed
                      ? "automations.test.passed"
                      : "automations.test.failed",
                )}
              </span>
              {result?.problems.map((problem, index) => (
                <span key={index} className="late">
                  {problem.message}
                </span>
              ))}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
