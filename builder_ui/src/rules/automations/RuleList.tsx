import { useState } from "react";
import { Link, NavLink } from "react-router";
import type { DefinitionSummary } from "@/api";
import { label, useT } from "@/i18n";
import { Icon, type IconName } from "@/ui";
import { useFailures } from "../runs/useRuns";
import { useDefinitionList } from "./world";

/** All rules, by the form whose records they look at. */
export function RuleList() {
  const t = useT();
  const [search, setSearch] = useState("");
  const all = useDefinitionList().data ?? [];
  const failures = useFailures();
  const needle = search.trim().toLowerCase();
  const rules = all.filter(
    (one) => one.kind === "rule" && label(one.label, one.key).toLowerCase().includes(needle),
  );
  const forms = [...new Set(rules.map((one) => one.form ?? ""))];
  const nameOf = (form: string) =>
    label(
      all.find((one) => one.kind === "form" && one.key === form)?.label,
      form || t("automations.no-form"),
    );
  return (
    <nav className="rule-list" aria-label={t("definitions.kind.rule")}>
      <input
        className="input sm"
        type="search"
        aria-label={t("automations.search")}
        placeholder={t("automations.search")}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <div className="rule-groups">
        {forms.map((form) => (
          <section key={form} aria-label={nameOf(form)}>
            <h2>{nameOf(form)}</h2>
            <ul>
              {rules
                .filter((one) => (one.form ?? "") === form)
                .map((rule) => (
                  <li key={rule.key}>
                    <Line rule={rule} failed={failures.get(rule.key) ?? 0} />
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </div>
      <Link className="btn" to="/builder?new=rule">
        <Icon name="plus" />
        {t("definitions.new.rule")}
      </Link>
    </nav>
  );
}

function Line({ rule, failed }: { rule: DefinitionSummary; failed: number }) {
  const t = useT();
  const trigger = rule.trigger ? t(`automations.trigger.${rule.trigger}`) : "";
  const state = rule.version ? "" : t("definitions.unpublished");
  return (
    <NavLink to={`/builder/rules/${rule.key}`}>
      <Icon name={iconOf(rule.trigger ?? "")} />
      <span className="grow">
        <b className="ell">{label(rule.label, rule.key)}</b>
        <small className="ink2">{[trigger, state].filter(Boolean).join(" · ")}</small>
      </span>
      {failed > 0 && (
        <span className="n bad" title={t("automations.failed", { count: failed })}>
          {failed}
          <span className="sr">{t("automations.failed", { count: failed })}</span>
        </span>
      )}
      {rule.draft && rule.version !== null && <span className="dot" title={t("definitions.draft")} />}
    </NavLink>
  );
}

function iconOf(trigger: string): IconName {
  if (trigger.startsWith("Every") || trigger === "Cron" || trigger === "RelativeDate") return "timer";
  if (trigger === "Saving") return "lock";
  return trigger === "Button" ? "hand" : "bolt";
}
